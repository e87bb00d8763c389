package dev.holdfast.config;

import java.time.Duration;

/** That the delay of a shutdown leaves time for those who are answered and fetched for after it. */
final class ShutdownCheck {

  private ShutdownCheck() {}

  /**
   * @param phase for how long a shutdown may take, the delay included
   */
  static void check(HoldfastProperties.Callers callers, Duration phase) {
    Duration delay = callers.shutdownDelay();
    if (!delay.isZero() && delay.compareTo(phase) >= 0) {
      throw new InvalidConfigurationException(
          "holdfast.callers.shutdown-delay",
          delay.toString(),
          "it leaves nothing of spring.lifecycle.timeout-per-shutdown-phase, which is " + phase,
          "Write less, or a longer spring.lifecycle.timeout-per-shutdown-phase.");
    }
  }
}
