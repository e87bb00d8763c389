package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import dev.holdfast.testing.Together;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // callers that do not look
class LoadsTest {

  private static final CacheKey KEY = new CacheKey("catalog", "health");

  private final AtomicBoolean broken = new AtomicBoolean();
  private final Store store = new Store(1 << 20, this::tick);
  private final Loads loads = new Loads(store);
  private final ScriptedLoader loader = new ScriptedLoader();

  private long tick() {
    if (broken.get()) {
      throw new IllegalStateException("the clock is broken");
    }
    return 0;
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
    store.invalidate(KEY);

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
    store.invalidateAll("catalog");
    loads.load(KEY, loader);

    loader.end(1, "new");
    loader.end(0, "old");

    assertThat(stored()).isEqualTo("new");
  }

  @Test
  void valueStoredWhileALoadRuns_isWhatLaterCallersGet() {
    CompletableFuture<@Nullable Object> before = loads.load(KEY, loader);
    store.write(Loads.entry(KEY, "put", store.begin()));

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
                store.invalidate(KEY);
                acknowledged.incrementAndGet();
              }
            }));
  }

  private void assertLoadsAgain() {
    CompletableFuture<@Nullable Object> again =
        loads.load(KEY, () -> CompletableFuture.completedFuture("again"));
    assertThat(again).isCompletedWithValue("again");
    assertThat(stored()).isEqualTo("again");
  }

  private @Nullable Object stored() {
    Entry entry = store.peek(KEY, Fields.EMPTY);
    return entry == null ? "-" : Loads.valueOf(entry);
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

    void end(int call, @Nullable Object value) {
      future(call).complete(value);
    }
  }
}
