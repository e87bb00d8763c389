package dev.holdfast.architecture.broken.ops;

import java.util.concurrent.CompletableFuture;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Has Spring store on the subscription of whoever calls. */
public class CachesOnTheCallersSubscription {

  @Cacheable("catalog")
  public Mono<String> mono() {
    return Mono.empty();
  }

  @Cacheable(cacheNames = "catalog", sync = false)
  public Flux<String> flux() {
    return Flux.empty();
  }

  @Cacheable("catalog")
  public CompletableFuture<String> future() {
    return new CompletableFuture<>();
  }

  @Caching(cacheable = @Cacheable("catalog"))
  public Mono<String> amongOthers() {
    return Mono.empty();
  }
}
