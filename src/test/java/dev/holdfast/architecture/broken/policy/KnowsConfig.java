package dev.holdfast.architecture.broken.policy;

import dev.holdfast.config.Cookies;

/** Knows how the policy is written down. */
public final class KnowsConfig {

  boolean config(Cookies cookies) {
    return cookies == Cookies.PRIVATE;
  }
}
