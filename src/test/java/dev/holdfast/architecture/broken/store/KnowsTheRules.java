package dev.holdfast.architecture.broken.store;

import dev.holdfast.architecture.broken.web.IsPublisher;
import dev.holdfast.config.PolicySettings;
import dev.holdfast.fill.Fills;
import dev.holdfast.origin.OriginTable;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.service.CacheService;

/** Knows more than what is stored. */
public final class KnowsTheRules {

  boolean policy(CachePolicy policy) {
    return policy.privateCookies();
  }

  int fill(Fills fills) {
    return fills.running().size();
  }

  Object service(CacheService service) {
    return service;
  }

  String origin(OriginTable origins) {
    return origins.named("catalog", PolicySettings.BY_DEFAULT).name();
  }

  Object web(IsPublisher web) {
    return web;
  }
}
