package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.Cookies;
import dev.holdfast.config.OriginSettings;
import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.fill.FillObserver;
import dev.holdfast.fill.FillOutcome;
import dev.holdfast.fill.Fills;
import dev.holdfast.fill.TestFills;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.service.RequestObserver.Left;
import dev.holdfast.service.RequestObserver.Result;
import dev.holdfast.store.Store;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The way of one request, in virtual time. */
class CacheServiceTest {

  private static final OriginSettings SETTINGS =
      new OriginSettings(
          "catalog",
          URI.create("http://localhost"),
          "localhost",
          "/catalog",
          true,
          Map.of(),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          1,
          Duration.ofSeconds(4),
          Duration.ofMinutes(5),
          Duration.ZERO,
          null,
          Cookies.PRIVATE,
          1000);

  private final FakeOrigin origin = new FakeOrigin();
  private final CachedOrigin catalog =
      new CachedOrigin(SETTINGS, origin, new CachePolicy(Duration.ZERO, null, true));
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final Clock clock = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
  private final Store store = new Store(1_000_000, () -> 0);
  private final List<String> log = new ArrayList<>();
  private final Fills fills =
      TestFills.create(
          store,
          clock,
          new FillObserver() {
            @Override
            public void began(String name) {}

            @Override
            public void ended(String name, FillOutcome outcome, Duration took) {
              log.add(outcome.result());
            }
          });
  private final CacheService service =
      new CacheService(
          store,
          fills,
          clock,
          time,
          new RequestObserver() {
            @Override
            public void answered(String name, Result result, Duration took) {
              log.add(result + " after " + took.toMillis() + " ms");
            }

            @Override
            public void left(String name, Left reason) {
              log.add("left: " + reason);
            }
          });

  @AfterEach
  void nothingRuns() {
    assertThat(fills.running()).isEmpty();
    store.close();
    time.dispose();
  }

  @Test
  void callerTimesOut_isToldSoAndTheFillGoesOn() {
    StepVerifier.create(get(Fields.EMPTY))
        .then(() -> time.advanceTimeBy(Duration.ofMillis(1999)))
        .then(() -> assertThat(log).isEmpty())
        .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
        .expectNext("504 caller-timeout holdfast;fwd=uri-miss;detail=caller-timeout")
        .verifyComplete();
    origin.fetch(1).fresh().piece("hello").complete();

    StepVerifier.create(get(Fields.EMPTY))
        .expectNext("200 hello holdfast;hit;ttl=60")
        .verifyComplete();
    assertThat(log)
        .containsExactly("left: TIMEOUT", "ERROR after 2000 ms", "stored", "HIT after 0 ms");
  }

  @Test
  void headComesInTime_bodyMayTakeLonger() {
    StepVerifier.create(get(Fields.EMPTY))
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
    StepVerifier.create(get(Fields.EMPTY)).thenCancel().verify();
    origin.fetch(1).fresh().piece("hello").complete();

    assertThat(log).containsExactly("left: DISCONNECT", "stored");
    assertThat(origin.fetch(1).isCancelled()).isFalse();
  }

  @Test
  void collapsedInVain_isFetchedAloneWithinTheSamePatience() {
    var starter = get(Fields.EMPTY).subscribe();
    StepVerifier.create(get(Fields.EMPTY))
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
  void callerTimesOut_isToldWhetherTheFetchGoesOn() {
    Function<Answer, Mono<String>> continues =
        answer -> Mono.just("" + ((Answer.Problem) answer).fetchContinues());

    StepVerifier.create(answer("GET", Fields.EMPTY, continues))
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
        .expectNext("true")
        .verifyComplete();
    assertThat(origin.fetch(1).isCancelled()).isFalse();
    StepVerifier.create(answer("GET", Fields.of("Range", "bytes=0-1"), continues))
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
        .expectNext("false")
        .verifyComplete();
    assertThat(origin.fetch(2).isCancelled()).isTrue();
    origin.fetch(1).fresh().complete();
  }

  @Test
  void unsafeRequest_hasNoCallerTimeOut() {
    StepVerifier.create(answer("POST", Fields.EMPTY, this::written))
        .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
        .then(() -> origin.fetch(1).head(201).piece("made").complete())
        .expectNext("201 made holdfast;fwd=method;fwd-status=201;detail=method")
        .verifyComplete();
  }

  @Test
  void writingFails_callerCountsAsGone() {
    StepVerifier.create(answer("GET", Fields.EMPTY, answer -> Mono.error(new IOException("gone"))))
        .then(() -> origin.fetch(1).fresh().piece("hello").complete())
        .verifyError(IOException.class);

    assertThat(log).contains("left: DISCONNECT", "stored");
  }

  @Test
  void noCacheRequest_isFetchedAfreshAndStored() {
    StepVerifier.create(get(Fields.EMPTY))
        .then(() -> origin.fetch(1).fresh().piece("old").complete())
        .expectNextCount(1)
        .verifyComplete();

    StepVerifier.create(get(Fields.of("Cache-Control", "no-cache")))
        .then(() -> origin.fetch(2).fresh().piece("new").complete())
        .expectNext("200 new holdfast;fwd=request;fwd-status=200;stored")
        .verifyComplete();

    StepVerifier.create(get(Fields.EMPTY))
        .expectNext("200 new holdfast;hit;ttl=60")
        .verifyComplete();
  }

  private Mono<String> get(Fields request) {
    return answer("GET", request, this::written);
  }

  private Mono<String> answer(
      String method, Fields request, Function<Answer, Mono<String>> writer) {
    return Mono.defer(
        () -> {
          List<String> written = new ArrayList<>();
          return service
              .answer(
                  new CallerRequest(
                      catalog, new RequestHead(method, "/a", request, "1.1"), null, Runnable::run),
                  answer -> writer.apply(answer).doOnNext(written::add).then())
              .then(Mono.fromSupplier(() -> String.join("", written)));
        });
  }

  private Mono<String> written(Answer answer) {
    String status = answer.cacheStatus().serialize("holdfast");
    if (answer instanceof Answer.Problem problem) {
      return Mono.just(problem.type().status() + " " + problem.type().token() + " " + status);
    }
    Answer.Response response = (Answer.Response) answer;
    return response
        .body()
        .map(CacheServiceTest::text)
        .collectList()
        .map(pieces -> response.head().status() + " " + String.join("", pieces) + " " + status);
  }

  private static String text(ByteBuf piece) {
    String text = piece.toString(StandardCharsets.UTF_8);
    piece.release();
    return Objects.requireNonNull(text);
  }
}
