package dev.holdfast.architecture.broken.http;

import dev.holdfast.policy.CachePolicy;
import java.time.Duration;

/** Knows another room, where the vocabulary is at home that all rooms speak. */
public final class KnowsPolicy {

  Duration policy(CachePolicy policy) {
    return policy.defaultTtl();
  }
}
