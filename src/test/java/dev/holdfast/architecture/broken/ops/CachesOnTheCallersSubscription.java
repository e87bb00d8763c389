package dev.holdfast.architecture.broken.ops;

import dev.holdfast.architecture.CachedInCatalog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.reactivestreams.Publisher;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;
import reactor.adapter.JdkFlowAdapter;
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

  @Cacheable("catalog")
  public CompletionStage<String> stage() {
    return new CompletableFuture<>();
  }

  @Cacheable("catalog")
  public Publisher<String> publisher() {
    return Mono.empty();
  }

  @Cacheable("catalog")
  public Flow.Publisher<String> flowPublisher() {
    return JdkFlowAdapter.publisherToFlowPublisher(Mono.empty());
  }

  @CachedInCatalog
  public Mono<String> byAnAnnotationOfOnesOwn() {
    return Mono.empty();
  }
}
