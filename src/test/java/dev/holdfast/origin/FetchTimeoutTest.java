package dev.holdfast.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Which time counts against a fetch, and which does not. */
class FetchTimeoutTest {

  private static final Arrived ARRIVED =
      new Arrived(new ResponseHead(200, "", Fields.EMPTY, "1.1"), 0);

  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final FetchTimeout timeout = new FetchTimeout(Duration.ofSeconds(30), time);
  private final TestPublisher<Arrived> fetch = TestPublisher.create();
  private final TestPublisher<Mono<Void>> pieces = TestPublisher.create();
  private final TestReceiver receiver = new TestReceiver();

  @AfterEach
  void nothingIsLeft() {
    fetch.assertNoSubscribers();
    pieces.assertNoSubscribers();
    time.dispose();
  }

  @Test
  void mayBeStored_totalCounts() {
    StepVerifier.create(timeout.inTotal(fetch.mono(), Mono.empty(), receiver))
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
        .verifyErrorSatisfies(
            late ->
                assertThat(late)
                    .isInstanceOf(OriginFailure.TimedOut.class)
                    .hasMessageContaining("30000 ms"));
  }

  @Test
  void arrivesInTime_isPassedOn() {
    StepVerifier.create(timeout.inTotal(fetch.mono(), Mono.empty(), receiver))
        .then(() -> time.advanceTimeBy(Duration.ofMillis(29_999)))
        .then(() -> fetch.emit(ARRIVED))
        .expectNext(ARRIVED)
        .verifyComplete();
  }

  @Test
  void mayNotBeStored_totalDoesNotCount() {
    StepVerifier.create(timeout.inTotal(fetch.mono(), Mono.empty(), receiver))
        .then(() -> receiver.mayBeStored = false)
        .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
        .then(() -> fetch.emit(ARRIVED))
        .expectNext(ARRIVED)
        .verifyComplete();
  }

  @Test
  void requestBeingSent_doesNotCount() {
    Sinks.Empty<Void> sent = Sinks.empty();
    StepVerifier.create(timeout.inTotal(fetch.mono(), sent.asMono(), receiver))
        .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
        .then(sent::tryEmitEmpty)
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
        .verifyError(OriginFailure.TimedOut.class);
  }

  @Test
  void mayNotBeStored_pauseBeforeTheFirstPieceCounts() {
    receiver.mayBeStored = false;
    StepVerifier.create(between())
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
        .verifyError(TimeoutException.class);
  }

  @Test
  void mayNotBeStored_eachPauseCountsByItself() {
    receiver.mayBeStored = false;
    StepVerifier.create(between())
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(29)))
        .then(() -> pieces.next(Mono.empty()))
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(29)))
        .then(() -> pieces.next(Mono.empty()))
        .expectNextCount(2)
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
        .verifyError(TimeoutException.class);
  }

  @Test
  void receiverIsWaitedFor_doesNotCount() {
    receiver.mayBeStored = false;
    Sinks.Empty<Void> taken = Sinks.empty();
    StepVerifier.create(between())
        .then(() -> pieces.next(taken.asMono()))
        .expectNextCount(1)
        .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
        .then(taken::tryEmitEmpty)
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(29)))
        .then(() -> pieces.next(Mono.empty()))
        .expectNextCount(1)
        .then(pieces::complete)
        .verifyComplete();
  }

  @Test
  void mayBeStored_pausesDoNotCount() {
    StepVerifier.create(between())
        .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
        .then(() -> pieces.next(Mono.empty()))
        .expectNextCount(1)
        .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
        .then(pieces::complete)
        .verifyComplete();
  }

  private Flux<Mono<Void>> between() {
    return timeout.betweenPieces(pieces.flux(), receiver);
  }
}
