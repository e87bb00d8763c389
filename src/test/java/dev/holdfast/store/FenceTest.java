package dev.holdfast.store;

import static dev.holdfast.store.Entries.CACHE;
import static dev.holdfast.store.Entries.KEY;
import static dev.holdfast.store.Entries.OTHER_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.testing.Together;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FenceTest {

  private static final int MAX_TARGETS = 4;

  private final AtomicLong clock = new AtomicLong();
  private final Fence fence = new Fence(clock, MAX_TARGETS);

  @Test
  void target_isInvalidForWhatBeganBefore_andForNothingElse() {
    long before = clock.incrementAndGet();
    fence.invalidate(KEY);
    long after = clock.incrementAndGet();

    assertThat(fence.isPassedBy(KEY, before)).isTrue();
    assertThat(fence.isPassedBy(KEY, after)).isFalse();
    assertThat(fence.isPassedBy(OTHER_KEY, before)).isFalse();
  }

  @Test
  void secondInvalidation_movesTheMark() {
    fence.invalidate(KEY);
    long between = clock.incrementAndGet();
    assertThat(fence.isPassedBy(KEY, between)).isFalse();

    fence.invalidate(KEY);

    assertThat(fence.isPassedBy(KEY, between)).isTrue();
    assertThat(fence.isPassedBy(KEY, clock.incrementAndGet())).isFalse();
  }

  @Test
  void wholeCache_isInvalidForWhatBeganBefore_andForNothingElse() {
    long before = clock.incrementAndGet();
    fence.invalidateAll();
    long after = clock.incrementAndGet();

    assertThat(fence.isPassedBy(KEY, before)).isTrue();
    assertThat(fence.isPassedBy(OTHER_KEY, before)).isTrue();
    assertThat(fence.isPassedBy(KEY, after)).isFalse();
  }

  @Test
  void targetInvalidatedAfterTheWholeCache_countsForItself() {
    fence.invalidateAll();
    long between = clock.incrementAndGet();
    fence.invalidate(KEY);

    assertThat(fence.isPassedBy(KEY, between)).isTrue();
    assertThat(fence.isPassedBy(OTHER_KEY, between)).isFalse();
  }

  @Test
  void pastTheBound_whatWasInvalidStaysSo() {
    long before = clock.incrementAndGet();
    for (int i = 0; i < 3 * MAX_TARGETS; i++) {
      fence.invalidate(target(i));
    }

    for (int i = 0; i < 3 * MAX_TARGETS; i++) {
      assertThat(fence.isPassedBy(target(i), before)).isTrue();
    }
    assertThat(fence.targets()).isLessThanOrEqualTo(MAX_TARGETS);
  }

  @Test
  void pastTheBound_theOldestMerge_soThatYoungerEntriesOfOtherTargetsStay() {
    long old = clock.incrementAndGet();
    long[] young = new long[1];
    for (int i = 0; i <= MAX_TARGETS; i++) {
      if (i == MAX_TARGETS) {
        young[0] = clock.incrementAndGet();
      }
      fence.invalidate(target(i));
    }

    assertThat(fence.isPassedBy(OTHER_KEY, old)).as("merged: more is invalidated").isTrue();
    assertThat(fence.isPassedBy(OTHER_KEY, young[0])).as("but not everything").isFalse();
    assertThat(fence.isPassedBy(target(MAX_TARGETS), young[0])).as("and never less").isTrue();
  }

  @Test
  void targetsMergedWhileSomebodyAsks_areStillInvalid() {
    AtomicBoolean merge = new AtomicBoolean();
    CacheKey key = new CacheKey(CACHE, new Hooked(() -> mergeOnce(merge)));
    long before = clock.incrementAndGet();
    fence.invalidate(key);

    merge.set(true); // happens within the question, which must not fall between two marks
    assertThat(fence.isPassedBy(key, before)).isTrue();
    assertThat(merge).isFalse();
  }

  private void mergeOnce(AtomicBoolean merge) {
    if (merge.compareAndSet(true, false)) {
      fence.invalidateAll();
    }
  }

  @Test
  void targetsMergedByOtherThreads_areNeverValidForAMoment() {
    for (int round = 0; round < 50; round++) {
      CacheKey key = target(round);
      long before = clock.incrementAndGet();
      fence.invalidate(key);
      Together.run(
          List.of(
              () -> {
                for (int i = 0; i < 200; i++) {
                  fence.invalidate(new CacheKey(CACHE, i));
                }
              },
              () -> {
                for (int i = 0; i < 200; i++) {
                  fence.invalidate(key);
                  fence.invalidateAll();
                }
              },
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  if (!fence.isPassedBy(key, before)) {
                    throw new AssertionError("valid again");
                  }
                }
              }));
    }
    assertThat(fence.targets()).isLessThanOrEqualTo(MAX_TARGETS);
  }

  private static CacheKey target(int number) {
    return new CacheKey(CACHE, "/" + number);
  }

  /** A target that lets something happen whenever it is looked up. */
  private record Hooked(Runnable hook) {
    @Override
    public int hashCode() {
      hook.run();
      return 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }
  }
}
