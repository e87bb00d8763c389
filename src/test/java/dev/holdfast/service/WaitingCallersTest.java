package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.http.Fields;
import dev.holdfast.origin.OriginFailures;
import dev.holdfast.testing.Together;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Callers that wait for heads: counted exactly, refused past the limit, let in again after. */
class WaitingCallersTest {

  private static final String REFUSED = "503 overloaded holdfast;detail=overload";

  private final ServiceUnderTest service = new ServiceUnderTest(2);
  private final FakeOrigin origin = service.origin;
  private final List<String> answers = new ArrayList<>();

  @AfterEach
  void nobodyWaits() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, X-Nothing, 1",
    "HEAD, X-Nothing, 1",
    "GET, Cache-Control, no-store",
    "GET, Cache-Control, no-cache",
    "GET, Range, bytes=0-1",
    "POST, X-Nothing, 1",
  })
  void asManyWaitAsMay_nextIsRefusedAndNothingIsFetchedOrJoined(
      String method, String name, String value) {
    ask(service.get());
    ask(service.get());

    ask(service.request(method, name, value));

    assertThat(answers).containsExactly(REFUSED);
    assertThat(origin.fetches()).isEqualTo(1);
    assertThat(service.fills.running().get(0).callers()).isEqualTo(2);
    assertThat(service.waiting).isEqualTo(2);
    assertThat(service.refused).isEqualTo(1);
    assertThat(service.log).containsExactly("ERROR after 0 ms");
    origin.fetch(1).fail(OriginFailures.broken());
    service.refused = 0;
    isLetIn(2);
  }

  @ParameterizedTest
  @CsvSource({"GET, X-Nothing, 1", "POST, X-Nothing, 1", "GET, Range, bytes=0-1", "HEAD, X, 1"})
  void everyKindOfRequestThatWaits_isCounted(String method, String name, String value) {
    Disposable caller = ask(service.request(method, name, value));
    assertThat(service.waiting).isEqualTo(1);

    caller.dispose();

    assertThat(service.waiting).isZero();
    origin.fetch(1).head(200, "Cache-Control", "no-store");
  }

  @Test
  void refusedCaller_isToldWhenToTryAgain() {
    Disposable first = ask(service.get());
    Disposable second = ask(service.get());
    ask(
        service.answer(
            "GET", Fields.EMPTY, answer -> Mono.just("" + ((Answer.Problem) answer).retryAfter())));

    assertThat(answers).containsExactly("PT1S");
    first.dispose();
    second.dispose();
    origin.fetch(1).fresh().complete();
  }

  @Test
  void headComes_placeIsFreeWhileTheBodyIsOnItsWay() {
    ask(service.get());
    ask(service.get());
    assertThat(service.waiting).isEqualTo(2);

    origin.fetch(1).fresh().piece("hel");

    assertThat(service.waiting).isZero();
    ask(service.get());
    origin.fetch(1).piece("lo").complete();
    assertThat(answers).hasSize(3).doesNotContain(REFUSED);
  }

  @Test
  void placeIsFree_beforeTheAnswerIsWritten() {
    List<Integer> atWriting = new ArrayList<>();
    var noted =
        service.answer(
            "GET",
            Fields.EMPTY,
            answer -> {
              atWriting.add(service.waiting);
              return ServiceUnderTest.written(answer);
            });
    ask(noted);
    service.time.advanceTimeBy(Duration.ofSeconds(2));
    ask(noted);
    origin.fetch(1).fresh().complete();
    ask(noted);

    assertThat(atWriting).containsExactly(0, 0, 0);
    assertThat(answers).hasSize(3);
  }

  @Test
  void callerTimesOut_placeIsFree() {
    ask(service.get());
    ask(service.get());

    service.time.advanceTimeBy(Duration.ofSeconds(2));

    assertThat(answers).hasSize(2).allMatch(answer -> answer.startsWith("504 caller-timeout"));
    isLetIn(1);
  }

  @Test
  void callersLeave_placesAreFree() {
    List<Disposable> callers = List.of(ask(service.get()), ask(service.request("POST")));

    callers.forEach(Disposable::dispose);

    origin.fetch(2).head(404);
    isLetIn(1);
  }

  @Test
  void fetchFails_placesAreFree() {
    ask(service.get());
    ask(service.get());

    origin.fetch(1).fail(OriginFailures.broken());

    assertThat(answers).hasSize(2).allMatch(answer -> answer.startsWith("502 origin-failed"));
    isLetIn(2);
  }

  @Test
  void cacheCannotGoOn_callersAreToldToComeBack() {
    ask(service.get());

    origin.fetch(1).fail(OriginFailures.internal());

    assertThat(answers).singleElement().asString().startsWith("503 overloaded");
  }

  @Test
  void writingFails_placeIsFree() {
    service
        .answer("GET", Fields.EMPTY, answer -> Mono.error(new IOException("gone")))
        .onErrorComplete()
        .subscribe();

    origin.fetch(1).fresh().piece("x");
    assertThat(service.waiting).isZero();

    origin.fetch(1).fail(OriginFailures.broken());
    isLetIn(2);
  }

  @Test
  void collapsedInVain_keepsItsOnePlaceThroughAllRounds() {
    ask(service.get());
    ask(service.get());

    origin.fetch(1).head(200, "Cache-Control", "private").piece("theirs").complete();

    assertThat(origin.fetches()).isEqualTo(2);
    assertThat(service.waiting).isEqualTo(1);
    assertThat(service.refused).isZero();
    origin.fetch(2).head(200, "Cache-Control", "private").piece("mine").complete();
    assertThat(answers).hasSize(2);
    assertThat(answers.get(1)).startsWith("200 mine ");
  }

  @Test
  void hits_areNeverRefused() {
    ask(service.get());
    origin.fetch(1).fresh().piece("hello").complete();
    ask(service.get("Cache-Control", "no-cache"));
    ask(service.get("Cache-Control", "no-cache"));
    ask(service.get("Cache-Control", "no-cache"));
    answers.clear();

    ask(service.get());
    ask(service.request("HEAD"));

    assertThat(answers)
        .containsExactly("200 hello holdfast;hit;ttl=60", "200  holdfast;hit;ttl=60");
    assertThat(service.refused).isEqualTo(1);
    origin.fetch(2).fresh().complete();
    origin.fetch(3).fresh().complete();
  }

  @Test
  void manyThreads_neverExceedTheLimitAndLeaveNothing() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    WaitingCallers callers =
        new WaitingCallers(
            3,
            new WaitingObserver() {
              @Override
              public void began(String origin) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              }

              @Override
              public void ended(String origin) {
                inside.decrementAndGet();
              }

              @Override
              public void refused(String origin) {
                refused.incrementAndGet();
              }
            });
    AtomicInteger took = new AtomicInteger();

    Together.run(
        Collections.nCopies(
            8,
            () -> {
              for (int i = 0; i < 2_000; i++) {
                WaitingCallers.Place place = callers.place("catalog");
                if (place.take()) {
                  took.incrementAndGet();
                }
                place.giveBack();
                place.giveBack();
              }
            }));

    assertThat(took.get() + refused.get()).isEqualTo(16_000);
    assertThat(inside).hasValue(0);
    for (int i = 0; i < 3; i++) {
      assertThat(callers.place("catalog").take()).isTrue();
    }
    assertThat(callers.place("catalog").take()).isFalse();
    assertThat(most.get()).isBetween(1, 3);
  }

  private Disposable ask(Mono<String> caller) {
    return caller.subscribe(answers::add);
  }

  /** Two callers may wait again, for that fetch. */
  private void isLetIn(int fetch) {
    assertThat(service.waiting).isZero();
    List<Disposable> callers = List.of(ask(service.get()), ask(service.get()));
    assertThat(service.waiting).isEqualTo(2);
    assertThat(service.refused).isZero();
    callers.forEach(Disposable::dispose);
    origin.fetch(fetch).fresh().complete();
  }
}
