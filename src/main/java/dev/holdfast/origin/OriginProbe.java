package dev.holdfast.origin;

import reactor.core.publisher.Mono;

/** Asks origins for a sign of life. */
@FunctionalInterface
public interface OriginProbe {

  /**
   * The status with which the origin answers a {@code HEAD} of its base URL, whatever it is.
   *
   * <p>Cold: each subscription is a request on a connection of its own, past bulkhead, breaker and
   * retry, and unknown to them. Fails with an {@link OriginFailure} and nothing else, at the latest
   * after {@code caller-timeout}. Cancelling closes the connection. Signals on the origin's event
   * loop, or on the timer's thread when it is late.
   *
   * @param origin the name of an origin that the configuration declares
   */
  Mono<Integer> probe(String origin);
}
