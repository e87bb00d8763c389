package dev.holdfast.architecture.broken.ops;

import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import java.util.List;

/** Writes to the store, which is for fills. */
public final class Writes {

  Store.Written directly(Store store, Entry entry) {
    return store.write(entry);
  }

  void byReference(Store store, List<Entry> entries) {
    entries.forEach(store::write);
  }
}
