package dev.holdfast.simulation;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.testing.TestOrigins;
import java.time.Duration;
import java.util.List;

/**
 * What one schedule is played under.
 *
 * @param scarce whether running fills may be refused memory
 * @param storeBytes what the store may take; little if a response can be too large for it
 * @param opening how the schedule begins, and what becomes frequent in it
 * @param finishesAbandoned whether fetches outlive their last caller
 * @param maxWithoutCallers how many fetches may run for nobody
 * @param breaker whether the circuit breaker opens
 */
record Terms(
    int permits,
    int maxQueued,
    int maxWaiting,
    Duration patience,
    Duration fetchTimeout,
    int maxMarks,
    boolean scarce,
    int storeBytes,
    Opening opening,
    boolean finishesAbandoned,
    int maxWithoutCallers,
    boolean breaker) {

  static final String CACHE = "catalog";
  static final int MAX_STORED_BYTES = 800;
  private static final int AMPLE_BYTES = 1 << 24;

  static Terms drawn(Dice dice) {
    Opening opening = dice.oneIn(2) ? Opening.NOTHING : dice.of(List.of(Opening.values()));
    boolean small = dice.oneIn(opening == Opening.ASKED_ABOUT_AND_STILL_READ ? 2 : 8);
    return new Terms(
        dice.between(1, 4),
        dice.of(0, 1, 3, 100, 100),
        dice.of(2, 100, 100, 100),
        dice.of(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(40)),
        Duration.ofSeconds(30),
        dice.of(2, 100, 100),
        dice.oneIn(6),
        small ? dice.between(1_400, 2_200) : AMPLE_BYTES, // a common response takes so much
        opening,
        !dice.oneIn(6),
        dice.of(1, 2, 100, 100, 100),
        dice.oneIn(6));
  }

  /** Whether the line before the bulkhead may be full, or as many fetches run for nobody as may. */
  boolean mayRefuse() {
    return maxQueued < 100 || maxWithoutCallers < 100;
  }

  long inFlightBytes() {
    return scarce ? 1_500 : AMPLE_BYTES;
  }

  boolean isStoreSmall() {
    return storeBytes < AMPLE_BYTES;
  }

  /** On what terms responses are stored. */
  dev.holdfast.policy.Terms ofStoring() {
    return new dev.holdfast.policy.Terms.Same(
        CachePolicy.BY_DEFAULT, MAX_STORED_BYTES, finishesAbandoned);
  }

  OriginSettings settings() {
    return TestOrigins.settings(CACHE, patience, fetchTimeout, maxQueued, MAX_STORED_BYTES);
  }
}
