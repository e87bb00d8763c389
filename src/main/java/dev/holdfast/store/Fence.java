package dev.holdfast.store;

import dev.holdfast.http.CacheKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was invalidated in one cache, and when, by a logical clock (law 2).
 *
 * <p>An invalidation says: everything of this target, or of the whole cache, whose fetch began
 * before now is unusable. Nothing is searched for; whoever joins, stores or looks up compares. Past
 * a bound the older targets merge into one mark for the whole cache: more is invalidated, never
 * less.
 */
final class Fence {

  private final int maxTargets;

  /** The logical clock: shared by all fences, so that its readings can be compared. */
  private final AtomicLong clock;

  private final AtomicLong wholeCache = new AtomicLong();
  private final ConcurrentMap<CacheKey, Long> targets = new ConcurrentHashMap<>();

  Fence(AtomicLong clock, int maxTargets) {
    this.clock = clock;
    this.maxTargets = maxTargets;
  }

  /** Makes everything of this target that has begun by now unusable. */
  void invalidate(CacheKey key) {
    targets.merge(key, clock.incrementAndGet(), Math::max);
    if (targets.size() > maxTargets) {
      targets.values().stream()
          .sorted()
          .skip(maxTargets / 2)
          .findFirst()
          .ifPresent(this::invalidateAllUpTo);
    }
  }

  /** Makes everything that has begun by now unusable. */
  void invalidateAll() {
    invalidateAllUpTo(clock.incrementAndGet());
  }

  private void invalidateAllUpTo(long reading) {
    wholeCache.accumulateAndGet(reading, Math::max);
    targets.values().removeIf(mark -> mark <= reading);
  }

  /** Whether what began at that reading was invalidated since. */
  boolean isPassedBy(CacheKey key, long began) {
    // in this order: a target's mark goes only after the whole cache's has taken its place
    return began < targets.getOrDefault(key, 0L) || began < wholeCache.get();
  }

  /** The number of targets with a mark of their own. */
  int targets() {
    return targets.size();
  }
}
