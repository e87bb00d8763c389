package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.spy;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.TestOrigins;
import dev.holdfast.testing.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

@SuppressWarnings("FutureReturnValueIgnored") // callers that do not look
class LoadsTest {

  private static final CacheKey KEY = new CacheKey("catalog", "health");

  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30); // the default

  private final AtomicBoolean broken = new AtomicBoolean();
  private final FakeTicker ticker = new FakeTicker();
  private final Store store = new Store(1 << 20, this::tick);
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final Loads loads = new Loads(store, TestOrigins.named("catalog", "shop"), time);
  private final ScriptedLoader loader = new ScriptedLoader();

  private long tick() {
    if (broken.get()) {
      throw new LinkageError("the clock is broken");
    }
    return ticker.read();
  }

  @AfterEach
  void nothingIsLeft() {
    loader.endAll();
    assertThat(loads.running("catalog")).isZero();
    assertThat(loads.running("shop")).isZero();
    time.dispose();
  }

  @Test
  void tenCallersAtOnce_makeOneLoad_whichIsStored() {
    List<CompletableFuture<@Nullable Object>> callers =
        Collections.synchronizedList(new ArrayList<>());
    Together.run(Collections.nCopies(10, () -> callers.add(loads.load(KEY, loader))));
    assertThat(callers).hasSize(10).noneMatch(CompletableFuture::isDone);

    loader.end(0, "value");

    assertThat(callers).allSatisfy(caller -> assertThat(caller).isCompletedWithValue("value"));
    assertThat(loads.load(KEY, loader)).isCompletedWithValue("value");
    assertThat(loader.calls()).isEqualTo(1);
  }

  @Test
  void callerThatCancels_reachesNeitherTheLoaderNorAnother() {
    CompletableFuture<@Nullable Object> first = loads.load(KEY, loader);
    CompletableFuture<@Nullable Object> second = loads.load(KEY, loader);

    assertThat(first.cancel(true)).isTrue();

    assertThat(loader.future(0)).isNotDone();
    assertThat(second).isNotDone();
    loader.end(0, "value");
    assertThat(second).isCompletedWithValue("value");
    assertThat(first).isCancelled();
  }

  @Test
  void allCallersThatCancel_loseNoWrite() {
    loads.load(KEY, loader).cancel(true);
    loads.load(KEY, loader).cancel(true);

    loader.end(0, "value");

    assertThat(stored()).isEqualTo("value");
    assertThat(loader.calls()).isEqualTo(1);
  }

  @Test
  void callerThatCompletesItsFuture_changesNothingForAnother() {
    CompletableFuture<@Nullable Object> first = loads.load(KEY, loader);
    CompletableFuture<@Nullable Object> second = loads.load(KEY, loader);

    first.complete("made up");
    loader.end(0, "value");

    assertThat(second).isCompletedWithValue("value");
    assertThat(stored()).isEqualTo("value");
  }

  @Test
  void failure_isEveryCallers_isNotStored_andDoesNotPinTheKey() {
    CompletableFuture<@Nullable Object> first = loads.load(KEY, loader);
    CompletableFuture<@Nullable Object> second = loads.load(KEY, loader);
    IllegalStateException failure = new IllegalStateException("origin down");

    loader.future(0).completeExceptionally(failure);

    assertThatThrownBy(first::join).hasRootCause(failure);
    assertThatThrownBy(second::join).hasRootCause(failure);
    assertThat(stored()).isEqualTo("-");
    assertLoadsAgain();
  }

  @Test
  void loaderThatIsCancelled_failsItsCallers_andDoesNotPinTheKey() {
    CompletableFuture<@Nullable Object> caller = loads.load(KEY, loader);

    loader.future(0).cancel(true);

    assertThatThrownBy(caller::join).isInstanceOf(CancellationException.class);
    assertLoadsAgain();
  }

  @Test
  void loaderThatThrows_failsItsCaller_andDoesNotPinTheKey() {
    IllegalStateException failure = new IllegalStateException("no connection");

    CompletableFuture<@Nullable Object> caller = loads.load(KEY, throwing(failure));

    assertThatThrownBy(caller::join).isInstanceOf(CompletionException.class).hasCause(failure);
    assertThat(stored()).isEqualTo("-");
    assertLoadsAgain();
  }

  @Test
  void loaderThatThrowsAnError_failsItsCaller_andDoesNotPinTheKey() {
    NoClassDefFoundError failure = new NoClassDefFoundError("Missing");

    CompletableFuture<@Nullable Object> caller = loads.load(KEY, throwing(failure));

    assertThatThrownBy(caller::join).hasCause(failure);
    assertLoadsAgain();
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless loader does
  void loaderThatGivesNoFuture_failsItsCaller_andDoesNotPinTheKey() {
    CompletableFuture<@Nullable Object> caller = loads.load(KEY, () -> null);

    assertThatThrownBy(caller::join).hasCauseInstanceOf(NullPointerException.class);
    assertLoadsAgain();
  }

  @Test
  void cachedNull_isAValue() {
    CompletableFuture<@Nullable Object> caller = loads.load(KEY, loader);

    loader.end(0, null);

    assertThat(caller).isCompletedWithValue(null);
    assertThat(stored()).isNull();
    assertThat(loads.load(KEY, loader)).isCompletedWithValue(null);
    assertThat(loader.calls()).isEqualTo(1);
  }

  @Test
  void loadOvertakenByAnInvalidation_isNotJoined_norStored_butAnswersItsOwnCaller() {
    CompletableFuture<@Nullable Object> before = loads.load(KEY, loader);
    store.invalidate(KEY.cache(), new Scope.Target(KEY.target()));

    CompletableFuture<@Nullable Object> after = loads.load(KEY, loader);
    assertThat(loader.calls()).isEqualTo(2);
    loader.end(0, "old");

    assertThat(before).isCompletedWithValue("old");
    assertThat(after).isNotDone();
    assertThat(stored()).isEqualTo("-");
    CompletableFuture<@Nullable Object> joined = loads.load(KEY, loader);
    assertThat(loader.calls())
        .as("the late end of the first does not unlist the second")
        .isEqualTo(2);
    loader.end(1, "new");
    assertThat(after).isCompletedWithValue("new");
    assertThat(joined).isCompletedWithValue("new");
    assertThat(stored()).isEqualTo("new");
  }

  @Test
  void loadThatEndsAfterItsSuccessor_doesNotReplaceItsValue() {
    loads.load(KEY, loader);
    store.invalidate("catalog", new Scope.Everything());
    loads.load(KEY, loader);

    loader.end(1, "new");
    loader.end(0, "old");

    assertThat(stored()).isEqualTo("new");
  }

  @Test
  void valueStoredWhileALoadRuns_isWhatLaterCallersGet() {
    CompletableFuture<@Nullable Object> before = loads.load(KEY, loader);
    store.write(Values.entry(KEY, "put", Values.FOR_EVER, store.begin()));

    CompletableFuture<@Nullable Object> after = loads.load(KEY, loader);

    assertThat(after).isCompletedWithValue("put");
    loader.end(0, "loaded");
    assertThat(before).isCompletedWithValue("loaded");
    assertThat(stored()).as("its fetch began later").isEqualTo("put");
  }

  @Test
  void otherKeys_loadForThemselves() {
    loads.load(KEY, loader);
    loads.load(new CacheKey("catalog", "other"), loader);
    loads.load(new CacheKey("shop", KEY.target()), loader);

    assertThat(loader.calls()).isEqualTo(3);
  }

  @Test
  void loads_areCountedOnceEach() {
    loads.load(KEY, loader);
    loads.load(KEY, loader);
    loader.end(0, "value");
    loads.load(KEY, loader);

    assertThat(store.counts("catalog").misses()).isEqualTo(2);
    assertThat(store.counts("catalog").hits()).isEqualTo(1);
  }

  @Test
  void storeThatFails_costsTheWriteAndNotTheAnswer() {
    CompletableFuture<@Nullable Object> caller = loads.load(KEY, loader);
    broken.set(true);

    loader.end(0, "value");

    assertThat(caller).isCompletedWithValue("value");
    broken.set(false);
    assertThat(stored()).isEqualTo("-");
    assertLoadsAgain();
  }

  @Test
  void timerThatCannotBeStarted_failsTheLoad_andTheNextOneGoesAhead() {
    AtomicBoolean exhausted = new AtomicBoolean(true);
    Scheduler timer = spy(time);
    doAnswer(
            call -> {
              if (exhausted.get()) {
                throw new LinkageError("no thread is left");
              }
              return call.callRealMethod();
            })
        .when(timer)
        .schedule(any(), anyLong(), any());
    Loads scarce = new Loads(store, TestOrigins.named("catalog"), timer);
    CompletableFuture<@Nullable Object> caller = scarce.load(KEY, loader);
    assertThat(caller).isCompletedExceptionally();
    assertThat(scarce.running("catalog")).isZero();

    exhausted.set(false);

    assertThat(scarce.load(KEY, () -> CompletableFuture.completedFuture("now")))
        .isCompletedWithValue("now");
  }

  @Test
  void loaderThatLoadsAnotherKey_isServed() {
    CompletableFuture<@Nullable Object> outer =
        loads.load(KEY, () -> loads.load(new CacheKey("catalog", "inner"), loader));

    loader.end(0, "value");

    assertThat(outer).isCompletedWithValue("value");
  }

  @Test
  void loadsAndInvalidationsOnManyThreads_neverServeWhatBeganBeforeAnInvalidation() {
    AtomicInteger version = new AtomicInteger();
    AtomicInteger acknowledged = new AtomicInteger();
    Together.Task caller =
        () -> {
          for (int i = 0; i < 3_000; i++) {
            int known = acknowledged.get();
            Object got =
                loads
                    .load(KEY, () -> CompletableFuture.supplyAsync(version::get))
                    .get(30, TimeUnit.SECONDS);
            if (!(got instanceof Integer seen) || seen < known) {
              throw new AssertionError("got " + got + " after " + known);
            }
          }
        };
    Together.run(
        List.of(
            caller,
            caller,
            () -> {
              for (int i = 0; i < 3_000; i++) {
                version.incrementAndGet();
                store.invalidate(KEY.cache(), new Scope.Target(KEY.target()));
                acknowledged.incrementAndGet();
              }
            }));
  }

  @Test
  void loadThatLastsTooLong_failsItsCallersWithWhatToChange_andIsGivenUp() {
    CompletableFuture<@Nullable Object> first = loads.load(KEY, loader);
    time.advanceTimeBy(FETCH_TIMEOUT.minusMillis(1));
    CompletableFuture<@Nullable Object> second = loads.load(KEY, loader);
    assertThat(first).isNotDone();

    time.advanceTimeBy(Duration.ofMillis(1));

    for (CompletableFuture<@Nullable Object> caller : List.of(first, second)) {
      assertThat(caller).isCompletedExceptionally();
      assertThatThrownBy(caller::join)
          .hasCauseInstanceOf(TimeoutException.class)
          .hasMessageContaining("holdfast.origins.catalog.fetch-timeout")
          .hasMessageContaining("30000 ms");
    }
    assertThat(loader.future(0)).isCancelled();
    assertThat(loads.running("catalog")).isZero();
    assertLoadsAgain();
  }

  @Test
  void loadThatEndsJustInTime_isStored() {
    CompletableFuture<@Nullable Object> caller = loads.load(KEY, loader);
    time.advanceTimeBy(FETCH_TIMEOUT.minusMillis(1));

    loader.end(0, "value");

    time.advanceTimeBy(FETCH_TIMEOUT);
    assertThat(caller).isCompletedWithValue("value");
    assertThat(stored()).isEqualTo("value");
  }

  @Test
  void lateValueOfALoaderThatCannotBeCancelled_isNotStored_norDisturbsTheNextLoad() {
    CompletableFuture<@Nullable Object> stubborn = new Stubborn();
    CompletableFuture<@Nullable Object> before = loads.load(KEY, () -> stubborn);
    time.advanceTimeBy(FETCH_TIMEOUT);
    CompletableFuture<@Nullable Object> after = loads.load(KEY, loader);

    stubborn.complete("late");

    assertThat(before).isCompletedExceptionally();
    assertThat(stored()).isEqualTo("-");
    assertThat(after).isNotDone();
    loader.end(0, "value");
    assertThat(after).isCompletedWithValue("value");
    assertThat(stored()).isEqualTo("value");
  }

  @Test
  void loaderThatIsSlowToGiveItsFuture_isUnderTheDeadlineToo() {
    CompletableFuture<@Nullable Object> late = new CompletableFuture<>();
    List<CompletableFuture<@Nullable Object>> joined = new ArrayList<>();

    CompletableFuture<@Nullable Object> caller =
        loads.load(
            KEY,
            () -> {
              joined.add(loads.load(KEY, loader));
              time.advanceTimeBy(FETCH_TIMEOUT);
              return late;
            });

    assertThat(caller).isCompletedExceptionally();
    assertThat(joined).singleElement().satisfies(other -> assertThat(other).isDone());
    assertThat(late).as("nobody waits for it any more").isCancelled();
    assertLoadsAgain();
  }

  @Test
  void loadsPastTheLimit_areRefusedAtOnce_inTheirCacheAlone() {
    for (int i = 0; i < Loads.MAX_IN_FLIGHT; i++) {
      loads.load(new CacheKey("catalog", i), loader);
    }

    CompletableFuture<@Nullable Object> refused = loads.load(KEY, loader);

    assertThat(refused).isCompletedExceptionally();
    assertThatThrownBy(refused::join)
        .hasCauseInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("1000 loads of the cache catalog");
    assertThat(loader.calls()).isEqualTo(Loads.MAX_IN_FLIGHT);
    assertThat(loads.load(new CacheKey("catalog", 7), loader)).as("joins").isNotDone();
    assertThat(loads.load(new CacheKey("shop", 1), loader)).isNotDone();
    assertThat(loader.calls()).isEqualTo(Loads.MAX_IN_FLIGHT + 1);
    loader.end(0, "value");
    assertThat(loads.load(KEY, loader)).as("there is a place again").isNotDone();
  }

  @Test
  void loadsThatWereOvertaken_takePlacesUntilTheyEnd() {
    for (int i = 0; i < Loads.MAX_IN_FLIGHT; i++) {
      loads.load(KEY, loader);
      store.invalidate("catalog", new Scope.Everything());
    }

    assertThat(loads.load(KEY, loader)).isCompletedExceptionally();

    time.advanceTimeBy(FETCH_TIMEOUT);
    assertThat(loads.load(KEY, loader)).isNotDone();
  }

  @Test
  void tenThousandCallersThatCancel_leaveNothingBehindOnTheLoad() {
    CompletableFuture<@Nullable Object> stays = loads.load(KEY, loader);
    List<CompletableFuture<@Nullable Object>> callers = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      callers.add(loads.load(KEY, loader));
    }
    assertThat(loads.waiting("catalog")).isEqualTo(10_001);

    callers.forEach(caller -> caller.cancel(true));

    assertThat(loads.waiting("catalog")).isEqualTo(1);
    assertThat(loader.future(0).getNumberOfDependents()).isEqualTo(1);
    loader.end(0, "value");
    assertThat(stays).isCompletedWithValue("value");
    assertThat(loads.waiting("catalog")).isZero();
  }

  @Test
  void valuePutWhileALoadRuns_wins() {
    CompletableFuture<@Nullable Object> before = loads.load(KEY, loader);

    loads.put(KEY, "put");

    loader.end(0, "loaded");
    assertThat(before).isCompletedWithValue("loaded");
    assertThat(stored()).isEqualTo("put");
  }

  @Test
  void putIfAbsentOnManyThreads_isTakenOnce() {
    for (int round = 0; round < 200; round++) {
      CacheKey key = new CacheKey("catalog", round);
      AtomicInteger taken = new AtomicInteger();
      AtomicInteger name = new AtomicInteger();
      Together.Task caller =
          () -> {
            if (loads.putIfAbsent(key, name.incrementAndGet()) == null) {
              taken.incrementAndGet();
            }
          };
      Together.run(List.of(caller, caller, caller));
      assertThat(taken).hasValue(1);
    }
  }

  @Test
  void expiringValue_isKeptAsLongAsItSays_andAnyOtherForEver() {
    CacheKey other = new CacheKey("catalog", "other");
    loads.load(KEY, () -> CompletableFuture.completedFuture(new FiveSeconds()));
    loads.put(other, "lasting");

    ticker.advance(Duration.ofMillis(4_999));
    assertThat(stored()).isInstanceOf(FiveSeconds.class);
    ticker.advance(Duration.ofMillis(1));
    assertThat(stored()).isEqualTo("-");

    ticker.advance(Duration.ofDays(3650));
    assertThat(store.peek(other, Fields.EMPTY)).isNotNull();
    assertLoadsAgain();
  }

  @Test
  void valueThatFailsToSayHowLongItIsKept_costsTheWriteAndNotTheAnswer() {
    Expiring undecided =
        () -> {
          throw new IllegalStateException("undecided");
        };

    assertThat(loads.load(KEY, () -> CompletableFuture.completedFuture(undecided)))
        .isCompletedWithValue(undecided);

    assertThat(stored()).isEqualTo("-");
    assertLoadsAgain();
  }

  @Test
  void valueThatAsksTheCacheHowLongItIsKept_canBePut() {
    Expiring asking =
        () -> {
          loads.put(KEY, "asked");
          return Duration.ofSeconds(5);
        };

    loads.put(KEY, asking);
    assertThat(stored()).isSameAs(asking);
    store.invalidate("catalog", new Scope.Everything());

    assertThat(loads.putIfAbsent(KEY, asking)).as("asked before").isNotNull();
    assertThat(stored()).isEqualTo("asked");
  }

  private record FiveSeconds() implements Expiring {
    @Override
    public Duration keepFor() {
      return Duration.ofSeconds(5);
    }
  }

  /** A future that goes on whatever is done to it. */
  private static final class Stubborn extends CompletableFuture<@Nullable Object> {
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return false;
    }
  }

  private void assertLoadsAgain() {
    CompletableFuture<@Nullable Object> again =
        loads.load(KEY, () -> CompletableFuture.completedFuture("again"));
    assertThat(again).isCompletedWithValue("again");
    assertThat(stored()).isEqualTo("again");
  }

  private @Nullable Object stored() {
    Entry entry = store.peek(KEY, Fields.EMPTY);
    return entry == null ? "-" : Values.of(entry);
  }

  private static Supplier<CompletableFuture<?>> throwing(Throwable failure) {
    return () -> {
      throw sneaky(failure);
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  /** A loader whose futures end when the test says so. */
  private static final class ScriptedLoader implements Supplier<CompletableFuture<?>> {
    private final ConcurrentLinkedQueue<CompletableFuture<@Nullable Object>> futures =
        new ConcurrentLinkedQueue<>();

    @Override
    public CompletableFuture<?> get() {
      CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
      futures.add(future);
      return future;
    }

    int calls() {
      return futures.size();
    }

    CompletableFuture<@Nullable Object> future(int call) {
      return List.copyOf(futures).get(call);
    }

    void endAll() {
      futures.forEach(future -> future.complete("end"));
    }

    void end(int call, @Nullable Object value) {
      future(call).complete(value);
    }
  }
}
