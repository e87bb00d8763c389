package dev.holdfast.origin;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@code fetch-timeout} in its three forms: each pause in which the origin takes no more of the
 * request, then the whole of a fetch that may be stored, or each pause between the bytes of one
 * that may not.
 */
record FetchTimeout(Duration limit, Scheduler timer) {

  /**
   * The fetch with a hard end, once the request is sent and as long as the total counts.
   *
   * <p>Fails with {@link OriginFailure.TimedOut}, for every form.
   */
  Mono<Arrived> inTotal(Mono<Arrived> fetch, Mono<Void> requestSent, Receiver receiver) {
    Mono<Long> deadline =
        requestSent
            .then(Mono.delay(limit, timer))
            .flatMap(tick -> receiver.isUnderTotalDeadline() ? Mono.just(tick) : Mono.never());
    return fetch
        .timeout(deadline)
        .onErrorMap(TimeoutException.class, late -> new OriginFailure.TimedOut(limit));
  }

  /**
   * The fetch with an end to pauses in which the origin takes nothing more of the request and has
   * not begun to answer either.
   */
  Mono<Arrived> whileSending(Mono<Arrived> fetch, Upload upload, BooleanSupplier hasHead) {
    Mono<Long> overdue =
        upload
            .stalls()
            .switchMap(
                stall ->
                    Mono.delay(limit, timer)
                        .filter(tick -> upload.isStalledSince(stall) && !hasHead.getAsBoolean()))
            .next();
    return upload.body() == null ? fetch : fetch.timeout(overdue);
  }

  /**
   * The pieces, with an end to pauses in which only the origin is waited for.
   *
   * @param pieces for each piece, what completes when the receiver can take the next
   */
  Flux<Mono<Void>> betweenPieces(Flux<Mono<Void>> pieces, Receiver receiver) {
    return pieces.timeout(
        Mono.defer(() -> pauseAfter(Mono.empty(), receiver)), taken -> pauseAfter(taken, receiver));
  }

  private Mono<Long> pauseAfter(Mono<Void> taken, Receiver receiver) {
    return receiver.isUnderTotalDeadline() ? Mono.never() : taken.then(Mono.delay(limit, timer));
  }
}
