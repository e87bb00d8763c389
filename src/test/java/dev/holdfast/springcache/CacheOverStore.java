package dev.holdfast.springcache;

import dev.holdfast.fill.Loads;
import dev.holdfast.store.Store;
import org.springframework.cache.Cache;

/** Spring's cache over a store, for tests of other rooms. */
public final class CacheOverStore {

  private CacheOverStore() {}

  /** The cache of that name. */
  public static Cache named(String name, Store store, Loads loads) {
    return new HoldfastCache(name, store, loads);
  }
}
