package dev.holdfast.architecture.broken.springcache;

import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;

/** Writes to the store beside the one adapter that may. */
public final class Writes {

  Store.Written put(Store store, Entry entry) {
    return store.write(entry);
  }
}
