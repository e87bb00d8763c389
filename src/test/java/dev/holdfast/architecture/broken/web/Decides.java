package dev.holdfast.architecture.broken.web;

import dev.holdfast.config.PolicySettings;
import dev.holdfast.origin.OriginTable;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.Store;

/** Does the work behind the door. */
public final class Decides {

  long store(Store store) {
    return store.begin();
  }

  String origin(OriginTable origins) {
    return origins.named("catalog", PolicySettings.BY_DEFAULT).name();
  }

  boolean policy(CachePolicy policy) {
    return policy.privateCookies();
  }
}
