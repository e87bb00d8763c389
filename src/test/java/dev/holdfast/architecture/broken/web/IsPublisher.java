package dev.holdfast.architecture.broken.web;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** Breaks nothing: being subscribed to is not subscribing. */
public final class IsPublisher extends Flux<String> {

  @Override
  public void subscribe(CoreSubscriber<? super String> actual) {
    Operators.complete(actual);
  }
}
