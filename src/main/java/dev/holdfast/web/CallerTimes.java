package dev.holdfast.web;

import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.Time;

/**
 * How long a caller may keep its connection waiting, in nanoseconds, and the time by which that is
 * reckoned.
 *
 * @param head for a request's head
 * @param idle for the next request
 * @param write for room to write to
 */
record CallerTimes(long head, long idle, long write, Time time) {

  static CallerTimes of(HoldfastProperties.Callers callers, Time time) {
    return new CallerTimes(
        callers.headTimeout().toNanos(),
        callers.idleTimeout().toNanos(),
        callers.writeTimeout().toNanos(),
        time);
  }

  long now() {
    return time.nanos();
  }

  /** How often to look whether something has moved. */
  long pace() {
    return Math.max(1, Math.min(head, Math.min(idle, write)) / 4);
  }
}
