package dev.holdfast.origin;

import dev.holdfast.http.ResponseHead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Mono;

/**
 * Passes a response on to its receiver and notes when the fetch began and when the head came, in
 * the breaker's time.
 */
final class Stopwatch implements Receiver {

  private final Receiver receiver;
  private final CircuitBreaker breaker;

  /** Written by the thread that lets the fetch in, before anything else happens. */
  private volatile long start;

  /** Written by the origin's event loop, read by whoever ends the fetch. */
  private volatile long headAt;

  private volatile int status;

  Stopwatch(Receiver receiver, CircuitBreaker breaker) {
    this.receiver = receiver;
    this.breaker = breaker;
  }

  @Override
  public boolean begun() {
    start = breaker.getCurrentTimestamp();
    return receiver.begun();
  }

  @Override
  public void interim(ResponseHead response) {
    receiver.interim(response);
  }

  @Override
  public void head(ResponseHead head) {
    headAt = breaker.getCurrentTimestamp();
    status = head.status();
    receiver.head(head);
  }

  @Override
  public Mono<Void> piece(ByteBuf piece) {
    return receiver.piece(piece);
  }

  @Override
  public boolean isUnderTotalDeadline() {
    return receiver.isUnderTotalDeadline();
  }

  /** Whether the head has come. */
  boolean hasHead() {
    return status != 0;
  }

  /** The status that came, or 0. */
  int status() {
    return status;
  }

  /** From the start to the head, or to now while there is none. */
  long untilHead() {
    return (hasHead() ? headAt : breaker.getCurrentTimestamp()) - start;
  }
}
