package dev.holdfast.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What a fetch's end does to bulkhead and breaker; every test ends with all permits back. */
class GuardsTest {

  private final AtomicLong now = new AtomicLong();
  private final Bulkhead bulkhead =
      Bulkhead.of("catalog", BulkheadConfig.custom().maxConcurrentCalls(1).build());
  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "catalog",
          CircuitBreakerConfig.custom()
              .currentTimestampFunction(clock -> now.get(), TimeUnit.NANOSECONDS)
              .slowCallDurationThreshold(Duration.ofSeconds(1))
              .permittedNumberOfCallsInHalfOpenState(1)
              .waitDurationInOpenState(Duration.ofSeconds(7))
              .build());
  private final Guards guards =
      new Guards(
          new WaitingLine(bulkhead, 0),
          breaker,
          Retry.of(
              "catalog",
              RetryConfig.custom().maxAttempts(3).waitDuration(Duration.ofMillis(1)).build()));
  private final TestReceiver receiver = new TestReceiver();
  private final Stopwatch stopwatch = new Stopwatch(receiver, breaker);
  private final TestPublisher<Arrived> fetch = TestPublisher.create();

  @AfterEach
  void allPermitsAreBack() {
    assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(1);
    fetch.assertNoSubscribers();
  }

  @Test
  void responseArrives_countsAsSuccess() {
    StepVerifier.create(guarded())
        .then(() -> stopwatch.head(head(200)))
        .then(() -> fetch.emit(arrived(200)))
        .expectNextCount(1)
        .verifyComplete();

    assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
  }

  @Test
  void fetchThatIsNotWantedAnyMore_isNotSent_andCountsAsNothing() {
    receiver.isWanted = false;

    StepVerifier.create(guarded()).verifyComplete();

    fetch.assertWasNotSubscribed();
    assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void serverError_countsAsFailureAndIsPassedOn() {
    StepVerifier.create(guarded())
        .then(() -> stopwatch.head(head(503)))
        .then(() -> fetch.emit(arrived(503)))
        .expectNext(arrived(503))
        .verifyComplete();

    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
  }

  @Test
  void brokenResponse_countsAsFailure() {
    StepVerifier.create(guarded())
        .then(() -> fetch.error(new OriginFailure.Broken(new IOException("reset"))))
        .verifyError(OriginFailure.Broken.class);

    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
  }

  @Test
  void ownFailure_countsAsNothing() {
    StepVerifier.create(guarded())
        .then(() -> fetch.error(OriginFailures.internal()))
        .verifyError(OriginFailure.Internal.class);

    assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void requestBreaksOff_countsAsNothing() {
    StepVerifier.create(guarded())
        .then(() -> fetch.error(new OriginFailure.RequestBroken(new IOException("caller left"))))
        .verifyError(OriginFailure.RequestBroken.class);

    assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void cancelledProbe_countsAsNothingAndGivesItsPermitBack() {
    breaker.transitionToOpenState();
    breaker.transitionToHalfOpenState();

    StepVerifier.create(guarded())
        .then(() -> assertThat(breaker.tryAcquirePermission()).isFalse())
        .thenCancel()
        .verify();

    assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
    assertThat(breaker.tryAcquirePermission()).isTrue();
    assertThat(breaker.tryAcquirePermission()).isFalse();
  }

  @Test
  void longBody_isNoSlowCall() {
    StepVerifier.create(guarded())
        .then(() -> now.addAndGet(Duration.ofMillis(10).toNanos()))
        .then(() -> stopwatch.head(head(200)))
        .then(() -> now.addAndGet(Duration.ofMinutes(1).toNanos()))
        .then(() -> fetch.emit(arrived(200)))
        .expectNextCount(1)
        .verifyComplete();

    assertThat(breaker.getMetrics().getNumberOfSlowCalls()).isZero();
  }

  @Test
  void lateHead_isASlowCall() {
    StepVerifier.create(guarded())
        .then(() -> now.addAndGet(Duration.ofMinutes(1).toNanos()))
        .then(() -> stopwatch.head(head(200)))
        .then(() -> fetch.emit(arrived(200)))
        .expectNextCount(1)
        .verifyComplete();

    assertThat(breaker.getMetrics().getNumberOfSlowCalls()).isEqualTo(1);
  }

  @Test
  void openBreaker_isAFailureThatSaysWhenToComeBack() {
    breaker.transitionToOpenState();

    StepVerifier.create(guarded())
        .verifyErrorSatisfies(
            failure ->
                assertThat(failure)
                    .isInstanceOfSatisfying(
                        OriginFailure.CircuitOpen.class,
                        open -> assertThat(open.retryAfter()).isEqualTo(Duration.ofSeconds(7))));
  }

  @Test
  void fullBulkhead_turnsAwayWithoutWaiting() {
    var running = guarded().subscribe();

    StepVerifier.create(guarded()).verifyError(OriginFailure.Full.class);

    running.dispose();
  }

  @Test
  void failsBeforeTheHead_isTriedAgain() {
    var tries = new AtomicInteger();
    Mono<Attempt> attempt =
        Mono.defer(
            () ->
                tries.incrementAndGet() < 3
                    ? Mono.error(new OriginFailure.Broken(new IOException("reset")))
                    : Mono.just(new Attempt.Whole(arrived(200))));

    StepVerifier.create(guards.retrying(attempt)).expectNextCount(1).verifyComplete();

    assertThat(tries).hasValue(3);
  }

  private Mono<Arrived> guarded() {
    return guards.guarding(fetch.mono(), stopwatch);
  }

  private static Arrived arrived(int status) {
    return new Arrived(head(status), 0);
  }

  private static ResponseHead head(int status) {
    return new ResponseHead(status, "", Fields.EMPTY, "1.1");
  }
}
