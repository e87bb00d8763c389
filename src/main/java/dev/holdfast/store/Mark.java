package dev.holdfast.store;

import java.time.Instant;

/**
 * By which reading of the store's clock something became unusable, and by which it became stale.
 *
 * @param invalid what began before it is unusable; 0 for nothing
 * @param stale what began before it is stale; 0 for nothing
 * @param staleSince when that was
 */
record Mark(long invalid, long stale, Instant staleSince) {

  static final Mark NONE = new Mark(0, 0, Instant.EPOCH);

  static Mark invalid(long reading) {
    return new Mark(reading, 0, Instant.EPOCH);
  }

  static Mark stale(long reading, Instant since) {
    return new Mark(0, reading, since);
  }

  /** Both: of each kind the later. */
  Mark and(Mark other) {
    if (other.equals(NONE)) {
      return this;
    }
    Mark staler = stale >= other.stale ? this : other;
    return new Mark(Math.max(invalid, other.invalid), staler.stale, staler.staleSince);
  }

  /** The later reading of the two. */
  long latest() {
    return Math.max(invalid, stale);
  }
}
