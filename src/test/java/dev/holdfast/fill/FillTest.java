package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.spy;

import dev.holdfast.config.Time;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.RequestHead;
import dev.holdfast.origin.OriginFailures;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import dev.holdfast.testing.Bytes;
import dev.holdfast.testing.FakeTicker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Hooks;

/** The life of a fill, signal by signal; every test ends with nothing left behind. */
class FillTest {

  private static final CacheKey KEY = new CacheKey("catalog", "/a");

  private final FakeTicker time = new FakeTicker();
  private final FakeOrigin origin = new FakeOrigin();
  private final BodyMemory memory = new BodyMemory(100_000);
  private final Store store = spy(new Store(1_000_000, time));
  private final List<FillOutcome> outcomes = new ArrayList<>();
  private @Nullable RuntimeException defect;
  private final List<TestCaller> callers = new ArrayList<>();
  private int begun;
  private final Fills fills =
      new Fills(
          store,
          memory,
          new Time(time, Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC)),
          new FillObserver() {
            @Override
            public void began(String name) {
              begun++;
            }

            @Override
            public void ended(String name, FillOutcome outcome, Duration took) {
              outcomes.add(outcome);
              if (defect != null) {
                throw defect;
              }
            }
          },
          TestFills.BOUNDLESS);

  @AfterEach
  void nothingIsLeft() {
    callers.forEach(TestCaller::leave);
    assertThat(fills.running()).isEmpty();
    assertThat(outcomes).hasSize(begun);
    assertThat(memory.inFlightBytes()).isZero();
    store.close();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void callerLeavesBeforeTheHead_responseIsStoredAndCountsAsRescued() {
    join().leave();

    origin.fetch(1).fresh().piece("hello").complete();

    assertThat(stored()).isEqualTo("hello");
    assertThat(outcomes).containsExactly(new FillOutcome.Stored(true));
    assertThat(origin.fetch(1).isCancelled()).isFalse();
  }

  @Test
  void callerLeavesInTheBody_responseIsStoredAndCountsAsRescued() {
    TestCaller caller = join();
    origin.fetch(1).fresh().piece("hel");
    caller.read().leave();

    origin.fetch(1).piece("lo").complete();

    assertThat(caller.text()).isEqualTo("hel");
    assertThat(stored()).isEqualTo("hello");
    assertThat(outcomes).containsExactly(new FillOutcome.Stored(true));
  }

  @Test
  void callerStays_responseIsStoredAndNotRescued() {
    TestCaller caller = join();
    origin.fetch(1).fresh().piece("hello");
    caller.read();

    origin.fetch(1).complete();

    assertThat(caller.text()).isEqualTo("hello");
    assertThat(caller.isComplete()).isTrue();
    assertThat(outcomes).containsExactly(new FillOutcome.Stored(false));
  }

  @Test
  void knownLength_lastPieceIsHandedOverAfterTheWrite() {
    TestCaller caller = join();
    origin.fetch(1).fresh("Content-Length", "10");
    List<String> seen = new ArrayList<>();
    caller.read().atPiece(() -> seen.add(caller.text() + ":" + stored()));

    origin.fetch(1).piece("01234").piece("56789").complete();

    assertThat(seen).containsExactly("01234:null", "0123456789:0123456789");
  }

  @Test
  void unknownLength_piecesComeAtOnceAndTheEndAfterTheWrite() {
    TestCaller caller = join();
    origin.fetch(1).fresh();
    List<@Nullable String> atEnd = new ArrayList<>();
    caller.read().atEnd(() -> atEnd.add(stored()));
    origin.fetch(1).piece("01234").piece("56789");
    assertThat(caller.text()).isEqualTo("0123456789");
    assertThat(caller.isComplete()).isFalse();

    origin.fetch(1).complete();

    assertThat(atEnd).containsExactly("0123456789");
  }

  @Test
  void emptyResponse_headIsShownAfterTheWrite() {
    List<@Nullable String> atHead = new ArrayList<>();
    TestCaller caller = join().atHead(() -> atHead.add(stored()));
    origin.fetch(1).fresh("Content-Length", "0");
    assertThat(caller.answered()).isNull();

    origin.fetch(1).complete();

    assertThat(atHead).containsExactly("");
  }

  @Test
  void secondCaller_joinsAndGetsTheBytesSoFar() {
    TestCaller first = join();
    origin.fetch(1).fresh().piece("hel");
    TestCaller second = join();

    assertThat(second.isCollapsed()).isTrue();
    second.read();
    assertThat(second.text()).isEqualTo("hel");
    first.leave();
    origin.fetch(1).piece("lo").complete();

    assertThat(second.text()).isEqualTo("hello");
    assertThat(second.isComplete()).isTrue();
    assertThat(origin.fetches()).isEqualTo(1);
  }

  @Test
  void joinerFindsItStored_startsNothing() {
    assertThat(fills.join(ask("GET", Fields.EMPTY), () -> true)).isNull();
    assertThat(origin.fetches()).isZero();
  }

  @Test
  void privateResponse_isTheStartersAndOthersDecideAgain() {
    TestCaller starter = join();
    TestCaller joiner = join();

    origin.fetch(1).head(200, "Cache-Control", "private, max-age=60").piece("yours").complete();

    assertThat(joiner.answered()).isEqualTo(new Answered.DecideAgain());
    assertThat(starter.read().text()).isEqualTo("yours");
    assertThat(stored()).isNull();
    assertThat(outcomes).containsExactly(new FillOutcome.NotStored(NotStorable.PRIVATE));
    assertThat(fills.latelyNotStorable(KEY)).isNotNull();
  }

  @Test
  void otherVariant_decidesAgainAndHasAFillOfItsOwn() {
    join(Fields.of("Accept-Language", "en"));
    TestCaller other = join(Fields.of("Accept-Language", "de"));
    TestCaller same = join(Fields.of("Accept-Language", "en"));
    origin.fetch(1).fresh("Vary", "Accept-Language").piece("hello");
    assertThat(other.answered()).isEqualTo(new Answered.DecideAgain());
    assertThat(same.answered()).isInstanceOf(Answered.View.class);
    other.leave();

    TestCaller again = join(Fields.of("Accept-Language", "de"));
    TestCaller joined = join(Fields.of("Accept-Language", "de"));
    assertThat(again.isCollapsed()).isFalse();
    assertThat(joined.isCollapsed()).isTrue();
    origin.fetch(1).complete();
    origin.fetch(2).fresh("Vary", "Accept-Language").piece("hallo").complete();

    assertThat(stored(Fields.of("Accept-Language", "en"))).isEqualTo("hello");
    assertThat(stored(Fields.of("Accept-Language", "de"))).isEqualTo("hallo");
  }

  @Test
  void variantIsKnownWithTheHead_itsLateCallersJoin() {
    join(Fields.of("Accept-Language", "en"));
    origin.fetch(1).fresh("Vary", "Accept-Language").piece("hel");

    TestCaller late = join(Fields.of("Accept-Language", "en"));
    assertThat(late.isCollapsed()).isTrue();
    assertThat(late.read().text()).isEqualTo("hel");
    TestCaller other = join(Fields.of("Accept-Language", "de"));
    assertThat(other.isCollapsed()).isFalse();
    origin.fetch(1).piece("lo").complete();
    origin.fetch(2).fresh("Vary", "Accept-Language").piece("hallo").complete();

    assertThat(late.text()).isEqualTo("hello");
    assertThat(join(Fields.of("Accept-Language", "en")).isCollapsed()).isFalse();
    origin.fetch(3).fresh("Vary", "Accept-Language").complete();
  }

  @Test
  void variantIsLongUnderWay_itsCallersJoinAllTheSame() {
    join(Fields.of("Accept-Language", "en"));
    origin.fetch(1).fresh("Vary", "Accept-Language").piece("hel");
    time.advance(Duration.ofSeconds(59));

    assertThat(join(Fields.of("Accept-Language", "en")).isCollapsed()).isTrue();
    join(Fields.of("Accept-Language", "de"));
    assertThat(join(Fields.of("Accept-Language", "de")).isCollapsed()).isTrue();
    assertThat(join(Fields.of("Accept-Language", "fr")).isCollapsed())
        .as("what selects is known by what is under way")
        .isFalse();
    origin.fetch(1).piece("lo").complete();
    origin.fetch(2).fresh("Vary", "Accept-Language").complete();
    origin.fetch(3).fresh("Vary", "Accept-Language").complete();
  }

  @Test
  void targetDoesNotVaryAnyMore_everybodyJoins() {
    join(Fields.of("Accept-Language", "en"));
    origin.fetch(1).head(200, "Cache-Control", "max-age=60", "Vary", "Accept-Language").complete();
    join(Fields.of("Accept-Language", "de"));
    origin.fetch(2).fresh().piece("for all");

    assertThat(join(Fields.of("Accept-Language", "fr")).isCollapsed()).isTrue();
    origin.fetch(2).complete();
    assertThat(stored(Fields.of("Accept-Language", "en"))).isEqualTo("for all");
  }

  @Test
  void anotherFetchHasShownWhatSelects_whoeverAsksAlikeStillJoins() {
    join(Fields.of("Accept-Language", "en"));
    pass("GET", Fields.of("Accept-Language", "en"));
    origin.fetch(2).fresh("Vary", "Accept-Language").complete();

    TestCaller late = join(Fields.of("Accept-Language", "en"));
    assertThat(late.isCollapsed()).isTrue();
    origin.fetch(1).fresh("Vary", "Accept-Language").piece("first").complete();
    assertThat(late.read().text()).isEqualTo("first");
  }

  @Test
  void invalidatedInFlight_isNotJoinedAndNotStored() {
    TestCaller before = join();
    store.invalidate(KEY.cache(), new Scope.Target(KEY.target()));
    TestCaller after = join();
    assertThat(after.isCollapsed()).isFalse();

    origin.fetch(1).fresh().piece("old").complete();
    assertThat(stored()).isNull();
    origin.fetch(2).fresh().piece("new").complete();

    assertThat(stored()).isEqualTo("new");
    assertThat(before.read().text()).isEqualTo("old");
    assertThat(after.read().text()).isEqualTo("new");
    assertThat(outcomes)
        .containsExactly(new FillOutcome.Superseded(), new FillOutcome.Stored(false));
  }

  @Test
  void tagInvalidatedInFlight_noFillIsJoined_andOnlyWhatHasTheTagIsNotStored() {
    TestCaller before = join();
    store.invalidate(KEY.cache(), new Scope.Tag("blue"));
    TestCaller after = join();
    assertThat(after.isCollapsed()).isFalse();

    origin.fetch(1).fresh("Surrogate-Key", "blue green").piece("old").complete();
    assertThat(stored()).isNull();
    origin.fetch(2).fresh("Cache-Tag", "blue").piece("new").complete();
    store.invalidate(KEY.cache(), new Scope.Tag("red"));
    assertThat(stored()).isEqualTo("new");
    store.invalidate(KEY.cache(), new Scope.Tag("blue"));

    assertThat(stored()).isNull();
    assertThat(before.read().text()).isEqualTo("old");
  }

  @Test
  void tagInvalidatedInFlight_whatDoesNotHaveItIsStored() {
    join();
    store.invalidate(KEY.cache(), new Scope.Tag("blue"));

    origin.fetch(1).fresh("Surrogate-Key", "red").piece("old").complete();

    assertThat(stored()).isEqualTo("old");
  }

  @Test
  void invalidatedWhileItWaitsToBeLetIn_fillIsJoinedAndStored() {
    origin.isFull();
    join();
    assertThat(fills.running()).extracting(RunningFill::state).containsExactly("queued");
    store.invalidate(KEY.cache(), new Scope.Everything());
    assertThat(join().isCollapsed()).isTrue();

    origin.fetch(1).begin().fresh().piece("new").complete();

    assertThat(stored()).isEqualTo("new");
  }

  @Test
  void letInAsItsLastCallerGivesItUp_isNotSent() {
    origin.isFull();
    join().leave();

    assertThat(origin.fetch(1).isWanted()).isFalse();

    assertThat(outcomes).containsExactly(new FillOutcome.Abandoned());
  }

  @Test
  void lastCallerLeavesWhileItWaitsToBeLetIn_placeIsGivenUp() {
    origin.isFull();
    TestCaller first = join();
    TestCaller second = join();

    first.leave();
    assertThat(origin.fetch(1).isCancelled()).isFalse();
    second.leave();

    assertThat(origin.fetch(1).isCancelled()).isTrue();
    assertThat(outcomes).containsExactly(new FillOutcome.Abandoned());
    assertThat(join().isCollapsed()).isFalse();
  }

  @Test
  void callerOfAnUnsafeRequestLeavesWhileItWaitsToBeLetIn_placeIsGivenUp() {
    origin.isFull();

    pass("POST", Fields.EMPTY).leave();

    assertThat(origin.fetch(1).isCancelled()).isTrue();
  }

  @Test
  void laterFetchIsStoredFirst_earlierOneDoesNotReplaceIt() {
    pass("GET", Fields.EMPTY);
    pass("GET", Fields.EMPTY);

    origin.fetch(2).fresh().piece("later").complete();
    origin.fetch(1).fresh().piece("earlier").complete();

    assertThat(stored()).isEqualTo("later");
    assertThat(outcomes.get(1)).isEqualTo(new FillOutcome.Superseded());
  }

  @Test
  void originFailsBeforeTheHead_everybodyIsToldAndTheNextCallerFetchesAfresh() {
    TestCaller first = join();
    TestCaller second = join();

    origin.fetch(1).fail(OriginFailures.broken());

    assertThat(first.answered()).isInstanceOf(Answered.Failed.class);
    assertThat(second.answered()).isInstanceOf(Answered.Failed.class);
    assertThat(outcomes.get(0).result()).isEqualTo("failed");
    join();
    origin.fetch(2).fresh().piece("well again").complete();
    assertThat(stored()).isEqualTo("well again");
  }

  @Test
  void fetchFailsUnexpectedly_fillEndsAllTheSame() {
    TestCaller caller = join();

    origin.fetch(1).fail(new IllegalStateException("a defect"));

    assertThat(caller.answered()).isInstanceOf(Answered.Failed.class);
    assertThat(outcomes.get(0).result()).isEqualTo("failed");
    assertThat(join().isCollapsed()).isFalse();
    origin.fetch(2).fresh().complete();
  }

  @Test
  void fetchThrowsAsItBegins_fillEndsAllTheSame_andNothingOfItGoesOn() {
    origin.throwsAsItBegins(new LinkageError("no thread is left"));

    TestCaller caller = join();

    assertThat(caller.answered()).isInstanceOf(Answered.Failed.class);
    assertThat(outcomes.get(0).result()).isEqualTo("failed");
    assertThat(origin.fetch(1).isCancelled()).isTrue();
    assertThat(fills.running()).isEmpty();
    origin.throwsAsItBegins(null);
    assertThat(join().isCollapsed()).isFalse();
    origin.fetch(2).fresh().complete();
  }

  @Test
  void originFailsInTheBody_readersAreCutOffAfterTheBytesSoFarAndNothingIsStored() {
    TestCaller caller = join();
    origin.fetch(1).fresh().piece("hel");
    caller.read();

    origin.fetch(1).fail(OriginFailures.broken());

    assertThat(caller.text()).isEqualTo("hel");
    assertThat(caller.aborted()).isInstanceOf(BodyAborted.class);
    assertThat(caller.isComplete()).isFalse();
    assertThat(stored()).isNull();
  }

  @Test
  void nobodyIsLeftAndNothingCanBeStored_fetchIsGivenUp() {
    TestCaller caller = join();
    origin.fetch(1).head(200, "Cache-Control", "no-store").piece("a");

    caller.leave();

    assertThat(origin.fetch(1).isCancelled()).isTrue();
    assertThat(outcomes).containsExactly(new FillOutcome.Abandoned());
  }

  @Test
  void readerLeavesWithTheLastByteOfWhatIsNotStored_fetchIsNotGivenUp() {
    TestCaller caller = join();
    origin.fetch(1).head(200, "Cache-Control", "no-store", "Content-Length", "5");
    caller
        .read()
        .atPiece(
            () -> {
              if (caller.text().length() == 5) {
                caller.leave();
              }
            });

    origin.fetch(1).piece("hel").piece("lo").complete();

    assertThat(caller.text()).isEqualTo("hello");
    assertThat(outcomes).containsExactly(new FillOutcome.NotStored(NotStorable.NO_STORE));
    assertThat(origin.fetch(1).isCancelled()).isFalse();
  }

  @Test
  void readerThatHasLeft_seesNoMoreBytesAndNoEnd() {
    List<Runnable> tasks = new ArrayList<>();
    Attachment attachment =
        Objects.requireNonNull(fills.join(ask("GET", Fields.EMPTY, tasks::add), () -> false));
    TestCaller caller = added(attachment);
    origin.fetch(1).fresh().piece("hello");
    run(tasks);
    caller.read();
    attachment.leave();

    origin.fetch(1).complete();
    run(tasks);

    assertThat(caller.text()).isEmpty();
    assertThat(caller.isComplete()).isFalse();
  }

  /** Carries out what was put off, and what that puts off. */
  private static void run(List<Runnable> tasks) {
    while (!tasks.isEmpty()) {
      tasks.remove(0).run();
    }
  }

  @Test
  void headSaysNotForStoringAfterEverybodyLeft_fetchIsGivenUp() {
    join().leave();
    assertThat(origin.fetch(1).isCancelled()).isFalse();

    origin.fetch(1).head(200, "Cache-Control", "no-store");

    assertThat(origin.fetch(1).isCancelled()).isTrue();
  }

  @Test
  void unsafeRequest_isFinishedUpToItsHeadWithoutItsCaller() {
    pass("POST", Fields.EMPTY).leave();
    assertThat(origin.fetch(1).isCancelled()).isFalse();

    origin.fetch(1).head(201);

    assertThat(origin.fetch(1).isCancelled()).isTrue();
  }

  @Test
  void requestThatNothingCanBeStoredFor_isGivenUpWithItsCaller() {
    pass("GET", Fields.of("If-Match", "*")).leave();

    assertThat(origin.fetch(1).isCancelled()).isTrue();
  }

  @Test
  void passes_areNotJoined() {
    pass("GET", Fields.EMPTY);

    assertThat(join().isCollapsed()).isFalse();
    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(1).fresh().complete();
    origin.fetch(2).fresh().complete();
  }

  @Test
  void bodyLongerThanMayBeStored_streamsOnWholeAndIsNotStored() {
    TestCaller caller = join();
    origin.fetch(1).fresh().piece("x".repeat(900));
    caller.read();

    origin.fetch(1).piece("y".repeat(200));
    assertThat(join().isCollapsed()).isFalse();
    origin.fetch(1).complete();

    assertThat(caller.text()).isEqualTo("x".repeat(900) + "y".repeat(200));
    assertThat(caller.isComplete()).isTrue();
    assertThat(outcomes).containsExactly(new FillOutcome.NotStored(NotStorable.TOO_LARGE));
    origin.fetch(2).fresh().complete();
  }

  @Test
  void lengthKnownToBeTooLong_isNotCollapsed() {
    TestCaller starter = join();
    TestCaller joiner = join();

    origin.fetch(1).fresh("Content-Length", "1001");

    assertThat(starter.answered()).isInstanceOf(Answered.View.class);
    assertThat(joiner.answered()).isEqualTo(new Answered.DecideAgain());
    starter.leave();
    joiner.leave();
  }

  @Test
  void noMemoryForRunningFills_streamsOnWholeAndIsNotStored() {
    assertThat(memory.tryReserve(99_000)).isTrue();
    TestCaller caller = join();
    origin.fetch(1).fresh().piece("hello").complete();
    memory.giveBack(99_000);

    assertThat(caller.read().text()).isEqualTo("hello");
    assertThat(outcomes).containsExactly(new FillOutcome.NotStored(NotStorable.IN_FLIGHT_MEMORY));
  }

  @Test
  void serverError_answersTheWholeWaveAndIsNotStored() {
    TestCaller starter = join();
    TestCaller joiner = join();

    origin.fetch(1).head(503).piece("sorry").complete();

    assertThat(starter.read().text()).isEqualTo("sorry");
    assertThat(joiner.read().text()).isEqualTo("sorry");
    assertThat(stored()).isNull();
    assertThat(fills.latelyNotStorable(KEY)).isNull();
  }

  @Test
  void endFailsOfADefect_thatIsSaid() {
    List<Throwable> said = new ArrayList<>();
    Hooks.onErrorDropped(said::add);
    defect = new IllegalStateException("a defect");
    try {
      join();
      origin.fetch(1).fresh().complete();
    } finally {
      Hooks.resetOnErrorDropped();
    }

    assertThat(said).singleElement().satisfies(it -> assertThat(it).hasRootCause(defect));
    assertThat(outcomes).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, LinkageError.class, InternalError.class})
  void storeFails_callerHasItsAnswerAllTheSame(Class<? extends Throwable> failure) {
    doAnswer(
            call -> {
              call.<Entry>getArgument(0).body().release();
              throw failure.getConstructor(String.class).newInstance("broken store");
            })
        .when(store)
        .write(any());
    TestCaller caller = join();

    origin.fetch(1).fresh().piece("hello").complete();

    assertThat(caller.read().text()).isEqualTo("hello");
    assertThat(caller.isComplete()).isTrue();
    assertThat(outcomes).containsExactly(new FillOutcome.NotStored(NotStorable.STORE_FAILED));
    assertThat(fills.running()).isEmpty();
    join();
    assertThat(origin.fetches()).as("what has ended is not joined").isEqualTo(2);
    origin.fetch(2).fail(OriginFailures.broken());
  }

  private TestCaller join() {
    return join(Fields.EMPTY);
  }

  private TestCaller join(Fields request) {
    return added(Objects.requireNonNull(fills.join(ask("GET", request), () -> false)));
  }

  private TestCaller pass(String method, Fields request) {
    return added(fills.pass(ask(method, request)));
  }

  private TestCaller added(Attachment attachment) {
    TestCaller caller = new TestCaller(attachment);
    callers.add(caller);
    return caller;
  }

  private Ask ask(String method, Fields request) {
    return ask(method, request, Runnable::run);
  }

  private Ask ask(String method, Fields request, Executor executor) {
    return new Ask(
        origin,
        KEY,
        new RequestHead(method, "/a", request, "1.1"),
        null,
        null,
        CachePolicy.BY_DEFAULT,
        1000,
        executor);
  }

  private @Nullable String stored() {
    return stored(Fields.EMPTY);
  }

  private @Nullable String stored(Fields request) {
    Entry entry = store.peek(KEY, request);
    if (entry == null) {
      return null;
    }
    return Bytes.text(entry.body().ownBuffers());
  }
}
