package dev.holdfast.architecture.broken.demo;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The demo is no exception. */
public final class Subscribes {

  Disposable toMono(Mono<String> mono) {
    return mono.subscribe();
  }
}
