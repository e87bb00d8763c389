package dev.holdfast.store;

import static dev.holdfast.store.Entries.CACHE;
import static dev.holdfast.store.Entries.KEY;

import dev.holdfast.http.Fields;
import dev.holdfast.http.Selecting;
import dev.holdfast.testing.Race;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fence and store, two steps against each other on real threads (laws 2 and 3). */
class StoreRaceTest {

  private static final int ROUNDS = 4_000;
  private static final String TAG = "red";

  /** Every scope that covers {@link Entries#KEY} with the tag. */
  static Stream<Scope> scopes() {
    return Stream.of(
        new Scope.Target(KEY.target()),
        new Scope.Prefix("/items"),
        new Scope.Tag(TAG),
        new Scope.Everything());
  }

  /** A fence that merges with nearly every mark, and something that began before any. */
  private static final class Fenced {
    private final AtomicLong clock = new AtomicLong();
    private final Fence fence = new Fence(clock, 1);
    private final long began = clock.incrementAndGet();

    private boolean isPassed() {
      return fence.isPassedBy(KEY.target(), began, Set.of(TAG));
    }
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void marksMergeWhileSomebodyAsks_whatIsInvalidatedStaysSo(Scope scope) {
    Race.of(
            ROUNDS,
            () -> {
              Fenced fenced = new Fenced();
              fenced.fence.invalidate(scope);
              return fenced;
            })
        .with(fenced -> fenced.fence.invalidate(new Scope.Target("/elsewhere")))
        .with(
            fenced -> {
              for (int i = 0; i < 5; i++) {
                check(fenced.isPassed(), "valid for a moment");
              }
            })
        .check(fenced -> check(fenced.isPassed(), "valid again"));
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void invalidationsOverlap_bothCountOnceAcknowledged(Scope scope) {
    Race.of(ROUNDS, Fenced::new)
        .with(
            fenced -> {
              fenced.fence.invalidate(scope);
              check(fenced.isPassed(), "acknowledged, and not invalid");
              check(fenced.fence.mayBePassedBy(KEY.target(), fenced.began), "joinable");
            })
        .with(
            fenced -> {
              fenced.fence.invalidate(new Scope.Tag("blue"));
              boolean passed = fenced.fence.isPassedBy("/news", fenced.began, Set.of("blue"));
              check(passed, "acknowledged, and not invalid");
            })
        .check(fenced -> check(fenced.isPassed(), "valid again"));
  }

  /** A store, and two fetches of the same thing, one begun before the other. */
  private static final class Stored {
    private final BodyMemory memory = new BodyMemory(1 << 20);
    private final Store store = new Store(1 << 20, () -> 0);
    private final Entry earlier = entry("earlier");
    private final Entry later = entry("later");

    private Entry entry(String word) {
      Body body = new Entries(memory).body(10);
      Entry.State state = new Entry.State(word, Set.of(TAG), store.begin(), Entries.HOUR, 10);
      return new Entry(KEY, Selecting.ALWAYS, body, state);
    }

    private String found() {
      Entry entry = store.peek(KEY, Fields.EMPTY);
      return entry == null ? "-" : (String) entry.value();
    }

    private void nothingIsLeft() {
      store.close();
      check(memory.usedBytes() == 0, "bytes are left");
    }
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void invalidatedWhileItIsWritten_isNeverFound(Scope scope) {
    Race.of(ROUNDS / 5, Stored::new)
        .with(
            stored -> {
              stored.store.write(stored.earlier);
              stored.store.write(stored.later);
            })
        .with(
            stored -> {
              stored.store.invalidate(CACHE, scope);
              check(stored.found().equals("-"), "found after the acknowledgement");
            })
        .check(
            stored -> {
              check(stored.found().equals("-"), "found later");
              stored.nothingIsLeft();
            });
  }

  @Test
  void twoFetchesAreWrittenAtOnce_theLaterStays() {
    Race.of(ROUNDS, Stored::new)
        .with(stored -> stored.store.write(stored.earlier))
        .with(stored -> stored.store.write(stored.later))
        .with(
            stored -> {
              // it may be missed while one takes the other's place, but not once the later is found
              boolean laterFound = stored.found().equals("later");
              check(!laterFound || stored.found().equals("later"), "an older fetch came back");
            })
        .check(
            stored -> {
              check(stored.found().equals("later"), "the older fetch stays");
              check(stored.memory.usedBytes() == 10, "bytes of both");
              stored.nothingIsLeft();
            });
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new AssertionError(otherwise);
    }
  }
}
