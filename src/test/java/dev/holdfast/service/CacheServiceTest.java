package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.http.Fields;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The way of one request, in virtual time. */
class CacheServiceTest {

  private final ServiceUnderTest service = new ServiceUnderTest(100);
  private final FakeOrigin origin = service.origin;
  private final VirtualTimeScheduler time = service.time;
  private final List<String> log = service.log;

  @AfterEach
  void nothingRuns() {
    service.close();
  }

  @Test
  void callerTimesOut_isToldSoAndTheFillGoesOn() {
    StepVerifier.create(service.get())
        .then(() -> time.advanceTimeBy(Duration.ofMillis(1999)))
        .then(() -> assertThat(log).isEmpty())
        .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
        .expectNext("504 caller-timeout holdfast;fwd=uri-miss;detail=caller-timeout")
        .verifyComplete();
    origin.fetch(1).fresh().piece("hello").complete();

    StepVerifier.create(service.get()).expectNext("200 hello holdfast;hit;ttl=58").verifyComplete();
    assertThat(log)
        .containsExactly("left: TIMEOUT", "ERROR after 2000 ms", "stored", "HIT after 0 ms");
  }

  @Test
  void headComesInTime_bodyMayTakeLonger() {
    StepVerifier.create(service.get())
        .then(() -> time.advanceTimeBy(Duration.ofMillis(1500)))
        .then(() -> origin.fetch(1).fresh().piece("hel"))
        .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
        .then(() -> origin.fetch(1).piece("lo").complete())
        .expectNext("200 hello holdfast;fwd=uri-miss;fwd-status=200;stored")
        .verifyComplete();

    assertThat(log).containsExactly("MISS after 1500 ms", "stored");
  }

  @Test
  void callerCancels_isCountedAndTheFillGoesOn() {
    StepVerifier.create(service.get()).thenCancel().verify();
    origin.fetch(1).fresh().piece("hello").complete();

    assertThat(log).containsExactly("left: DISCONNECT", "stored");
    assertThat(origin.fetch(1).isCancelled()).isFalse();
  }

  @DisplayName("RFC 9111 §4, §5.1: what was under way for a while is not for this request")
  @Test
  void callerJoinsLate_isToldTheAge() {
    List<String> ages = new ArrayList<>();
    Function<Answer, Mono<String>> age =
        answer -> {
          ages.add(String.valueOf(((Answer.Response) answer).age()));
          return ServiceUnderTest.written(answer);
        };
    service.answer("GET", Fields.EMPTY, age).subscribe();
    service.answer("GET", Fields.EMPTY, age).subscribe();
    origin.fetch(1).fresh("Age", "5").piece("hel");
    time.advanceTimeBy(Duration.ofSeconds(7));
    service.answer("GET", Fields.EMPTY, age).subscribe();
    origin.fetch(1).piece("lo").complete();

    assertThat(ages).containsExactly("null", "null", "PT12S");
  }

  @Test
  void collapsedInVain_isFetchedAloneWithinTheSamePatience() {
    var starter = service.get().subscribe();
    StepVerifier.create(service.get())
        .then(() -> time.advanceTimeBy(Duration.ofMillis(1500)))
        .then(() -> origin.fetch(1).head(200, "Cache-Control", "private").complete())
        .then(() -> assertThat(origin.fetches()).isEqualTo(2))
        .then(() -> time.advanceTimeBy(Duration.ofMillis(500)))
        .expectNext("504 caller-timeout holdfast;fwd=uri-miss;detail=caller-timeout")
        .verifyComplete();

    origin.fetch(2).head(200, "Cache-Control", "private");
    assertThat(origin.fetch(2).isCancelled()).isTrue();
    assertThat(starter.isDisposed()).isTrue();
  }

  @Test
  void collapsedInVainThreeTimes_isFetchedAlone() {
    List<Disposable> callers =
        Stream.of("x j j j", "j x j j", "j j x j", "j j j x", "j j j j")
            .map(values -> values.split(" "))
            .map(v -> service.get("A", v[0], "B", v[1], "C", v[2], "D", v[3]).subscribe())
            .toList();

    origin.fetch(1).fresh("Vary", "A");
    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(2).fresh("Vary", "A, B");
    assertThat(origin.fetches()).isEqualTo(3);
    origin.fetch(3).fresh("Vary", "A, B, C");
    assertThat(origin.fetches()).isEqualTo(5);

    for (int n = 1; n <= 3; n++) {
      origin.fetch(n).complete();
    }
    origin.fetch(4).fresh("Vary", "A, B, C, D").complete();
    origin.fetch(5).fresh("Vary", "A, B, C, D").complete();
    assertThat(callers).allMatch(Disposable::isDisposed);
    assertThat(log).filteredOn(entry -> entry.startsWith("MISS")).hasSize(5);
  }

  @Test
  void callerTimesOut_isToldWhetherTheFetchGoesOn() {
    Function<Answer, Mono<String>> continues =
        answer -> Mono.just("" + ((Answer.Problem) answer).fetchContinues());

    StepVerifier.create(service.answer("GET", Fields.EMPTY, continues))
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
        .expectNext("true")
        .verifyComplete();
    assertThat(origin.fetch(1).isCancelled()).isFalse();
    StepVerifier.create(service.answer("GET", Fields.of("If-Match", "*"), continues))
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
        .expectNext("false")
        .verifyComplete();
    assertThat(origin.fetch(2).isCancelled()).isTrue();
    origin.fetch(1).fresh().complete();
  }

  @Test
  void callerTimesOutInLine_isToldThatALimitIsReached_andTheFetchIsNotBegun() {
    origin.isFull();

    StepVerifier.create(service.get())
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
        .expectNext("503 overloaded holdfast;fwd=uri-miss;detail=overload")
        .verifyComplete();

    assertThat(origin.fetch(1).isCancelled()).isTrue();
    assertThat(log).containsExactly("abandoned", "left: TIMEOUT", "ERROR after 2000 ms");
  }

  @Test
  void callerTimesOutInLineAndReadsNothing_placeIsGivenUpAllTheSame() {
    origin.isFull();

    StepVerifier.create(service.answer("GET", Fields.EMPTY, answer -> Mono.never()))
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
        .then(() -> assertThat(origin.fetch(1).isCancelled()).isTrue())
        .thenCancel()
        .verify();
  }

  @Test
  void letInBeforeTheCallerTimesOut_fetchGoesOn() {
    origin.isFull();

    StepVerifier.create(service.get())
        .then(() -> origin.fetch(1).begin())
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
        .expectNext("504 caller-timeout holdfast;fwd=uri-miss;detail=caller-timeout")
        .verifyComplete();

    origin.fetch(1).fresh().piece("hello").complete();
    assertThat(log).contains("stored");
  }

  @Test
  void unsafeRequest_hasNoCallerTimeOut() {
    StepVerifier.create(service.answer("POST", Fields.EMPTY, ServiceUnderTest::written))
        .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
        .then(() -> origin.fetch(1).head(201).piece("made").complete())
        .expectNext("201 made holdfast;fwd=method;fwd-status=201;detail=method")
        .verifyComplete();
  }

  @Test
  void writingFails_callerCountsAsGone() {
    StepVerifier.create(
            service.answer("GET", Fields.EMPTY, answer -> Mono.error(new IOException("gone"))))
        .then(() -> origin.fetch(1).fresh().piece("hello").complete())
        .verifyError(IOException.class);

    assertThat(log).contains("left: DISCONNECT", "stored");
  }

  @Test
  void callerNeverReads_keepsNobodyElseWaiting() {
    var silent = service.answer("GET", Fields.EMPTY, answer -> Mono.never()).subscribe();

    StepVerifier.create(service.get())
        .then(() -> origin.fetch(1).fresh().piece("hel"))
        .then(() -> origin.fetch(1).piece("lo").complete())
        .expectNext("200 hello holdfast;fwd=uri-miss;fwd-status=200;stored;collapsed")
        .verifyComplete();
    StepVerifier.create(service.get()).expectNext("200 hello holdfast;hit;ttl=60").verifyComplete();
    assertThat(silent.isDisposed()).isFalse();

    silent.dispose();
    assertThat(log).contains("left: DISCONNECT");
  }

  @Test
  void noCacheRequest_isFetchedAfreshAndStored() {
    StepVerifier.create(service.get())
        .then(() -> origin.fetch(1).fresh().piece("old").complete())
        .expectNextCount(1)
        .verifyComplete();

    StepVerifier.create(service.get("Cache-Control", "no-cache"))
        .then(() -> origin.fetch(2).fresh().piece("new").complete())
        .expectNext("200 new holdfast;fwd=request;fwd-status=200;stored")
        .verifyComplete();

    StepVerifier.create(service.get()).expectNext("200 new holdfast;hit;ttl=60").verifyComplete();
  }
}
