package dev.holdfast.config;

/** Refuses limits on bodies that the JVM's own limit on memory outside the heap would undercut. */
final class MemoryCheck {

  private MemoryCheck() {}

  /**
   * @param maxDirectBytes what the JVM may allocate outside the heap
   */
  static void check(HoldfastProperties.Cache cache, long maxDirectBytes) {
    long wanted = cache.maxMemoryBytes() + cache.maxInFlightMemoryBytes();
    if (wanted > maxDirectBytes) {
      throw new InvalidConfigurationException(
          "holdfast.cache.max-memory",
          cache.maxMemoryBytes() + "B",
          "bodies live outside the heap, and with holdfast.cache.max-in-flight-memory it comes to "
              + wanted
              + " bytes, of which the JVM allows "
              + maxDirectBytes,
          "Write less, or start Java with -XX:MaxDirectMemorySize="
              + (wanted / (1024 * 1024) + 64)
              + "m or more.");
    }
  }
}
