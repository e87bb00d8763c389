package dev.holdfast.architecture.broken.service;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes a subscription of its own, which is for the fill room alone. */
public final class Subscribes {

  Disposable toMono(Mono<String> mono) {
    return mono.subscribe();
  }

  Disposable toFluxWithConsumers(Flux<String> flux, Consumer<String> consumer) {
    return flux.subscribe(consumer, failure -> {}, () -> {});
  }

  void toPublisher(Publisher<String> publisher, Subscriber<String> subscriber) {
    publisher.subscribe(subscriber);
  }

  void asOperatorsDo(Mono<String> mono, CoreSubscriber<String> subscriber) {
    mono.subscribe(subscriber);
  }

  void byReference(Optional<Consumer<String>> consumer, Mono<String> mono) {
    consumer.ifPresent(mono::subscribe);
  }

  Runnable inLambda(Mono<String> mono) {
    return () -> mono.subscribe();
  }

  Subscriber<String> withSubscriber(Flux<String> flux, Subscriber<String> subscriber) {
    return flux.subscribeWith(subscriber);
  }

  CompletableFuture<String> asFuture(Mono<String> mono) {
    return mono.toFuture();
  }

  Disposable byConnecting(ConnectableFlux<String> flux) {
    return flux.connect();
  }

  Flux<String> byAutoConnecting(ConnectableFlux<String> flux) {
    return flux.autoConnect();
  }

  Flux<String> byCountingReferences(ConnectableFlux<String> flux) {
    return flux.refCount();
  }

  Flux<String> bySharingFlux(Flux<String> flux) {
    return flux.share();
  }

  Mono<String> bySharingMono(Mono<String> mono) {
    return mono.share();
  }

  Mono<String> byCachingMono(Mono<String> mono) {
    return mono.cache();
  }

  Flux<String> byCachingFlux(Flux<String> flux) {
    return flux.cache(1);
  }
}
