package dev.holdfast.config;

import io.github.resilience4j.bulkhead.BulkheadRegistry;

/**
 * Refuses a bulkhead that waits: Resilience4j's semaphore blocks the thread, an event loop here.
 */
final class BulkheadCheck {

  private BulkheadCheck() {}

  static void check(Origins origins, BulkheadRegistry registry) {
    for (var origin : origins.all()) {
      var wait = registry.bulkhead(origin.name()).getBulkheadConfig().getMaxWaitDuration();
      if (!wait.isZero()) {
        var property = "resilience4j.bulkhead.instances." + origin.name() + ".max-wait-duration";
        throw new InvalidConfigurationException(
            property,
            wait.toString(),
            "waiting for a permit would block an event loop, and with it every caller on it",
            "Write "
                + property
                + "=0, or 0 for the same in the resilience4j.bulkhead.configs it is based on.");
      }
    }
  }
}
