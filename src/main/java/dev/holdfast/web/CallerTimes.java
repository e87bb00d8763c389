package dev.holdfast.web;

import dev.holdfast.config.HoldfastProperties;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * How long a caller may keep its connection waiting, in nanoseconds, and the clock that tells.
 *
 * @param head for a request's head
 * @param idle for the next request
 * @param write for room to write to
 */
record CallerTimes(long head, long idle, long write, Scheduler clock) {

  static CallerTimes of(HoldfastProperties.Callers callers, Scheduler clock) {
    return new CallerTimes(
        callers.headTimeout().toNanos(),
        callers.idleTimeout().toNanos(),
        callers.writeTimeout().toNanos(),
        clock);
  }

  long now() {
    return clock.now(TimeUnit.NANOSECONDS);
  }

  /** How often to look whether something has moved. */
  long pace() {
    return Math.max(1, Math.min(head, Math.min(idle, write)) / 4);
  }
}
