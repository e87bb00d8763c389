package dev.holdfast.architecture.broken.ops;

import dev.holdfast.architecture.CachedInCatalog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;
import reactor.core.publisher.Mono;

/** Breaks nothing: the cache loads, or there is no subscription to be left. */
public class CachesInSync {

  @Cacheable(cacheNames = "catalog", sync = true)
  public Mono<String> mono() {
    return Mono.empty();
  }

  @Cacheable(cacheNames = "catalog", sync = true)
  public CompletableFuture<String> future() {
    return new CompletableFuture<>();
  }

  @Cacheable("catalog")
  public String value() {
    return "";
  }

  @CacheEvict("catalog")
  public Mono<Void> evict() {
    return Mono.empty();
  }

  @CachedInCatalog(sync = true)
  public Mono<String> byAnAnnotationOfOnesOwn() {
    return Mono.empty();
  }

  @Caching(cacheable = @Cacheable(cacheNames = "catalog", sync = true))
  public CompletionStage<String> stage() {
    return new CompletableFuture<>();
  }
}
