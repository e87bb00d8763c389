package dev.holdfast.architecture.broken.springcache;

import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;

/** Writes to the store, as an adapter with logic of its own would. */
public final class Writes {

  Store.Written put(Store store, Entry entry) {
    return store.write(entry);
  }
}
