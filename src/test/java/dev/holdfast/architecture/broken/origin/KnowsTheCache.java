package dev.holdfast.architecture.broken.origin;

import dev.holdfast.fill.Fills;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.service.CacheService;
import dev.holdfast.store.Store;

/** Knows that there is a cache. */
public final class KnowsTheCache {

  long store(Store store) {
    return store.begin();
  }

  int fill(Fills fills) {
    return fills.running().size();
  }

  Object service(CacheService service) {
    return service;
  }

  boolean policy(CachePolicy policy) {
    return policy.privateCookies();
  }
}
