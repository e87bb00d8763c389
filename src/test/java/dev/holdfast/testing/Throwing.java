package dev.holdfast.testing;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * A fetch that throws as it is subscribed to, when it has begun: Reactor passes no such error on.
 */
public final class Throwing<T> extends Mono<T> {

  private final Mono<T> begun;
  private final Error error;

  public Throwing(Mono<T> begun, Error error) {
    this.begun = begun;
    this.error = error;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    begun.subscribe(actual);
    throw error;
  }
}
