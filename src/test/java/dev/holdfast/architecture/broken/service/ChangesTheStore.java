package dev.holdfast.architecture.broken.service;

import dev.holdfast.store.Entry;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;

/** Changes what is stored, where looking up is all that is due. */
public final class ChangesTheStore {

  Store.Written writes(Store store, Entry entry) {
    return store.write(entry);
  }

  void clears(Store store) {
    store.invalidate("catalog", new Scope.Everything());
  }
}
