package dev.holdfast.architecture.broken.ops;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reactivestreams.Publisher;
import org.springframework.cache.annotation.Cacheable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The same, said once for all methods. */
@Cacheable("catalog")
public class CachesOnTheClass {

  public Mono<String> mono() {
    return Mono.empty();
  }

  public Flux<String> flux() {
    return Flux.empty();
  }

  public CompletableFuture<String> future() {
    return new CompletableFuture<>();
  }

  public CompletionStage<String> stage() {
    return new CompletableFuture<>();
  }

  public Publisher<String> publisher() {
    return Mono.empty();
  }
}
