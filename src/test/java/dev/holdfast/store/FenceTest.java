package dev.holdfast.store;

import static dev.holdfast.store.Entries.CACHE;
import static dev.holdfast.store.Entries.KEY;
import static dev.holdfast.store.Entries.OTHER_KEY;
import static dev.holdfast.store.Entries.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.testing.Together;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FenceTest {

  private static final int MAX_MARKS = 4;
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private final AtomicLong clock = new AtomicLong();
  private final Fence fence = new Fence(clock, MAX_MARKS);

  @Test
  void target_isInvalidForWhatBeganBefore_andForNothingElse() {
    long before = clock.incrementAndGet();
    fence.invalidate(target(KEY));
    long after = clock.incrementAndGet();

    assertThat(fence.isPassedBy(KEY.target(), before, Set.of())).isTrue();
    assertThat(fence.isPassedBy(KEY.target(), after, Set.of())).isFalse();
    assertThat(fence.isPassedBy(OTHER_KEY.target(), before, Set.of())).isFalse();
  }

  @Test
  void secondInvalidation_movesTheMark() {
    fence.invalidate(target(KEY));
    long between = clock.incrementAndGet();
    assertThat(fence.isPassedBy(KEY.target(), between, Set.of())).isFalse();

    fence.invalidate(target(KEY));

    assertThat(fence.isPassedBy(KEY.target(), between, Set.of())).isTrue();
    assertThat(fence.isPassedBy(KEY.target(), clock.incrementAndGet(), Set.of())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/items, /items, true",
    "/items, /items/1, true",
    "/items, /items/, true",
    "/items, /items?x=/y, true",
    "/items/, /items/1, true",
    "/items/, /items, true",
    "/items/1, /items/1/a/b?x, true",
    "/, /items/1, true",
    "/, /, true",
    "/items, /items2, false",
    "/items, /item, false",
    "/items/1, /items, false",
    "/items/1, /items/12, false",
    "/b, /a/b, false",
    "/a, /b?x=/a, false",
  })
  void prefix_coversWholeSegments(String prefix, String target, boolean covered) {
    long before = clock.incrementAndGet();
    fence.invalidate(new Scope.Prefix(prefix));

    assertThat(fence.isPassedBy(target, before, Set.of())).isEqualTo(covered);
    assertThat(fence.isPassedBy(target, clock.incrementAndGet(), Set.of())).isFalse();
  }

  @Test
  void prefix_doesNotCoverKeysThatAreNoPaths() {
    long before = clock.incrementAndGet();
    fence.invalidate(new Scope.Prefix("/"));

    assertThat(fence.isPassedBy(7, before, Set.of())).isFalse();
    assertThat(fence.isPassedBy("/7", before, Set.of())).isTrue();
  }

  @Test
  void tag_isInvalidForWhatBeganBeforeAndHasIt_andForNothingElse() {
    long before = clock.incrementAndGet();
    fence.invalidate(new Scope.Tag("blue"));
    long after = clock.incrementAndGet();

    assertThat(fence.isPassedBy("/a", before, Set.of("red", "blue"))).isTrue();
    assertThat(fence.isPassedBy("/a", before, Set.of("red"))).isFalse();
    assertThat(fence.isPassedBy("/a", after, Set.of("blue"))).isFalse();
  }

  @Test
  void softened_isStaleForWhatBeganBefore_andInvalidForNothing() {
    long before = clock.incrementAndGet();
    fence.soften(target(KEY), NOON);
    long after = clock.incrementAndGet();

    assertThat(fence.staleSince(KEY.target(), before, Set.of())).isEqualTo(NOON);
    assertThat(fence.staleSince(KEY.target(), after, Set.of())).isNull();
    assertThat(fence.staleSince(OTHER_KEY.target(), before, Set.of())).isNull();
    assertThat(fence.isPassedBy(KEY.target(), before, Set.of())).isFalse();
    assertThat(fence.mayBePassedBy(KEY.target(), before)).as("not to be joined").isTrue();
    assertThat(fence.mayBePassedBy(KEY.target(), after)).isFalse();
  }

  @Test
  void softenedAndInvalidated_areToldApart_andTheLaterOfEachCounts() {
    long before = clock.incrementAndGet();
    fence.soften(new Scope.Tag("red"), NOON);
    fence.invalidate(new Scope.Prefix("/a"));
    fence.soften(new Scope.Everything(), NOON.plusSeconds(1));
    long between = clock.incrementAndGet();
    fence.soften(new Scope.Prefix("/a"), NOON.plusSeconds(2));

    assertThat(fence.staleSince("/b", before, Set.of("red"))).isEqualTo(NOON.plusSeconds(1));
    assertThat(fence.staleSince("/a/b", between, Set.of())).isEqualTo(NOON.plusSeconds(2));
    assertThat(fence.staleSince("/b", between, Set.of("red"))).isNull();
    assertThat(fence.isPassedBy("/a", before, Set.of())).isTrue();
    assertThat(fence.isPassedBy("/b", before, Set.of("red"))).isFalse();
  }

  @Test
  void pastTheBound_whatWasSoftenedStaysSo_andIsNotInvalidForIt() {
    long before = clock.incrementAndGet();
    for (int i = 0; i < 3 * MAX_MARKS; i++) {
      fence.soften(target(numbered(i)), NOON);
    }

    for (int i = 0; i < 3 * MAX_MARKS; i++) {
      assertThat(fence.staleSince(numbered(i).target(), before, Set.of())).isEqualTo(NOON);
      assertThat(fence.isPassedBy(numbered(i).target(), before, Set.of())).isFalse();
    }
    assertThat(fence.size()).isLessThanOrEqualTo(MAX_MARKS);
  }

  @Test
  void tag_countsForWhateverHasTagsThatNobodyKnowsYet() {
    long before = clock.incrementAndGet();
    assertThat(fence.mayBePassedBy("/a", before)).isFalse();
    fence.invalidate(new Scope.Tag("blue"));
    long after = clock.incrementAndGet();

    assertThat(fence.mayBePassedBy("/a", before)).isTrue();
    assertThat(fence.mayBePassedBy("/a", after)).isFalse();
    fence.invalidate(new Scope.Target("/a"));
    assertThat(fence.mayBePassedBy("/a", after)).isTrue();
    assertThat(fence.mayBePassedBy("/b", after)).isFalse();
  }

  @Test
  void pastTheBound_prefixesAndTagsMergeAsTargetsDo() {
    long before = clock.incrementAndGet();
    for (int i = 0; i < 2 * MAX_MARKS; i++) {
      fence.invalidate(new Scope.Prefix("/" + i));
      fence.invalidate(new Scope.Tag("tag-" + i));
    }

    for (int i = 0; i < 2 * MAX_MARKS; i++) {
      assertThat(fence.isPassedBy("/" + i + "/x", before, Set.of())).isTrue();
      assertThat(fence.isPassedBy("/x", before, Set.of("tag-" + i))).isTrue();
    }
    assertThat(fence.size()).isLessThanOrEqualTo(MAX_MARKS);
  }

  @Test
  void wholeCache_isInvalidForWhatBeganBefore_andForNothingElse() {
    long before = clock.incrementAndGet();
    fence.invalidate(new Scope.Everything());
    long after = clock.incrementAndGet();

    assertThat(fence.isPassedBy(KEY.target(), before, Set.of())).isTrue();
    assertThat(fence.isPassedBy(OTHER_KEY.target(), before, Set.of())).isTrue();
    assertThat(fence.isPassedBy(KEY.target(), after, Set.of())).isFalse();
  }

  @Test
  void targetInvalidatedAfterTheWholeCache_countsForItself() {
    fence.invalidate(new Scope.Everything());
    long between = clock.incrementAndGet();
    fence.invalidate(target(KEY));

    assertThat(fence.isPassedBy(KEY.target(), between, Set.of())).isTrue();
    assertThat(fence.isPassedBy(OTHER_KEY.target(), between, Set.of())).isFalse();
  }

  @Test
  void pastTheBound_whatWasInvalidStaysSo() {
    long before = clock.incrementAndGet();
    for (int i = 0; i < 3 * MAX_MARKS; i++) {
      fence.invalidate(target(numbered(i)));
    }

    for (int i = 0; i < 3 * MAX_MARKS; i++) {
      assertThat(fence.isPassedBy(numbered(i).target(), before, Set.of())).isTrue();
    }
    assertThat(fence.size()).isLessThanOrEqualTo(MAX_MARKS);
  }

  @Test
  void pastTheBound_theOldestMerge_soThatYoungerEntriesOfOtherTargetsStay() {
    long old = clock.incrementAndGet();
    long[] young = new long[1];
    for (int i = 0; i <= MAX_MARKS; i++) {
      if (i == MAX_MARKS) {
        young[0] = clock.incrementAndGet();
      }
      fence.invalidate(target(numbered(i)));
    }

    assertThat(fence.isPassedBy(OTHER_KEY.target(), old, Set.of()))
        .as("merged: more is invalidated")
        .isTrue();
    assertThat(fence.isPassedBy(OTHER_KEY.target(), young[0], Set.of()))
        .as("but not everything")
        .isFalse();
    assertThat(fence.isPassedBy(numbered(MAX_MARKS).target(), young[0], Set.of()))
        .as("and never less")
        .isTrue();
  }

  @Test
  void targetsMergedWhileSomebodyAsks_areStillInvalid() {
    AtomicBoolean merge = new AtomicBoolean();
    CacheKey key = new CacheKey(CACHE, new Hooked(() -> mergeOnce(merge)));
    long before = clock.incrementAndGet();
    fence.invalidate(target(key));

    merge.set(true); // happens within the question, which must not fall between two marks
    assertThat(fence.isPassedBy(key.target(), before, Set.of())).isTrue();
    assertThat(merge).isFalse();
  }

  private void mergeOnce(AtomicBoolean merge) {
    if (merge.compareAndSet(true, false)) {
      fence.invalidate(new Scope.Everything());
    }
  }

  @Test
  void targetsMergedByOtherThreads_areNeverValidForAMoment() {
    for (int round = 0; round < 50; round++) {
      CacheKey key = numbered(round);
      long before = clock.incrementAndGet();
      fence.invalidate(target(key));
      Together.run(
          List.of(
              () -> {
                for (int i = 0; i < 200; i++) {
                  fence.invalidate(new Scope.Target(i));
                }
              },
              () -> {
                for (int i = 0; i < 200; i++) {
                  fence.invalidate(target(key));
                  fence.invalidate(new Scope.Everything());
                }
              },
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  if (!fence.isPassedBy(key.target(), before, Set.of())) {
                    throw new AssertionError("valid again");
                  }
                }
              }));
    }
    assertThat(fence.size()).isLessThanOrEqualTo(MAX_MARKS);
  }

  private static CacheKey numbered(int number) {
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
