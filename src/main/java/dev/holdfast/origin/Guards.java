package dev.holdfast.origin;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * The Resilience4j guards of one origin, in the order in which a fetch passes them.
 *
 * @param line before the bulkhead, whose permits nobody else takes
 */
record Guards(WaitingLine line, CircuitBreaker breaker, Retry retry) {

  /** Tries again what failed before its head came. */
  Mono<Attempt> retrying(Mono<Attempt> attempt) {
    return attempt.transformDeferred(RetryOperator.of(retry));
  }

  /**
   * Lets the fetch through if bulkhead, in its turn, and breaker do, and tells the breaker how it
   * went.
   *
   * <p>The fetch's own time-out must be within: seen from here a time-out outside would be a
   * cancellation, which counts as nothing.
   */
  Mono<Arrived> guarding(Mono<Arrived> fetch, Stopwatch stopwatch) {
    Mono<Arrived> withBreaker =
        Mono.usingWhen(
            Mono.fromRunnable(breaker::acquirePermission).thenReturn(breaker),
            permitted -> fetch,
            permitted -> Mono.fromRunnable(() -> succeeded(stopwatch)),
            (permitted, failure) -> Mono.fromRunnable(() -> failed(stopwatch, failure)),
            permitted -> Mono.fromRunnable(permitted::releasePermission));
    Mono<Arrived> wanted =
        Mono.fromSupplier(stopwatch::begun).filter(begun -> begun).flatMap(begun -> withBreaker);
    return line.admitting(wanted)
        .onErrorMap(
            CallNotPermittedException.class, open -> new OriginFailure.CircuitOpen(openTime()));
  }

  private void succeeded(Stopwatch stopwatch) {
    if (stopwatch.status() >= 500) {
      failed(stopwatch, new ServerError(stopwatch.status()));
    } else {
      breaker.onSuccess(stopwatch.untilHead(), breaker.getTimestampUnit());
    }
  }

  private void failed(Stopwatch stopwatch, Throwable failure) {
    if (failure instanceof OriginFailure failed && !failed.isTheOrigins()) {
      breaker.releasePermission();
      return;
    }
    breaker.onError(stopwatch.untilHead(), breaker.getTimestampUnit(), failure);
  }

  private Duration openTime() {
    return Duration.ofMillis(
        breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1));
  }

  /** What the breaker is told when the origin answers 5xx; nobody else sees it. */
  private static final class ServerError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerError(int status) {
      super("status " + status, null, false, false);
    }
  }
}
