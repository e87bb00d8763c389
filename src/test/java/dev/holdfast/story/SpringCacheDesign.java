package dev.holdfast.story;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCache;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Spring's own cache over Caffeine in async mode, in the ways that applications use it. */
class SpringCacheDesign implements Design {

  private static final String CACHE = "answers";

  private final Fetcher fetcher;
  private final AnnotationConfigApplicationContext context;
  private final CaffeineCache cache;
  private final BiFunction<SpringCacheDesign, String, Mono<String>> get;

  private SpringCacheDesign(
      StoryOrigin origin,
      boolean nullValues,
      BiFunction<SpringCacheDesign, String, Mono<String>> get) {
    this.fetcher = new Fetcher(origin);
    this.get = get;
    var manager = new CaffeineCacheManager(CACHE);
    manager.setAsyncCacheMode(true);
    manager.setAllowNullValues(nullValues);
    cache = (CaffeineCache) Objects.requireNonNull(manager.getCache(CACHE));
    context = new AnnotationConfigApplicationContext();
    context.registerBean(CacheManager.class, () -> manager);
    context.registerBean(Annotated.class, () -> new Annotated(fetcher));
    context.register(Caching.class);
    context.refresh();
  }

  static Design plain(StoryOrigin origin) {
    return new SpringCacheDesign(origin, true, (design, key) -> design.annotated().plain(key));
  }

  static Design sync(StoryOrigin origin) {
    return new SpringCacheDesign(origin, true, (design, key) -> design.annotated().sync(key));
  }

  static Design syncWithoutNullValues(StoryOrigin origin) {
    return new SpringCacheDesign(origin, false, (design, key) -> design.annotated().sync(key));
  }

  /** What {@code sync} comes down to when written by hand: the future is the caller's to cancel. */
  static Design fromFuture(StoryOrigin origin) {
    return new SpringCacheDesign(
        origin, false, (design, key) -> Mono.fromFuture(() -> design.retrieve(key)));
  }

  /** The one-line mend: the same, and cancelling does not reach the future. */
  static Design fromFutureUncancelled(StoryOrigin origin) {
    return new SpringCacheDesign(
        origin, false, (design, key) -> Mono.fromFuture(() -> design.retrieve(key), true));
  }

  private CompletableFuture<String> retrieve(String key) {
    return cache.retrieve(key, () -> fetcher.fetch(key).timeout(Duration.ofSeconds(30)).toFuture());
  }

  private Annotated annotated() {
    return context.getBean(Annotated.class);
  }

  @Override
  public Mono<String> get(String key) {
    return get.apply(this, key);
  }

  @Override
  public void evict(String key) {
    cache.evict(key);
  }

  @Override
  public @Nullable String stored(String key) {
    return (String) cache.getNativeCache().getIfPresent(key);
  }

  @Override
  public void settle() {
    fetcher.settle();
  }

  @Override
  public void close() {
    context.close();
    fetcher.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableCaching
  static class Caching {}

  static class Annotated {

    private final Fetcher fetcher;

    Annotated(Fetcher fetcher) {
      this.fetcher = fetcher;
    }

    @Cacheable(CACHE)
    public Mono<String> plain(String key) {
      return fetcher.fetch(key);
    }

    @Cacheable(cacheNames = CACHE, sync = true)
    public Mono<String> sync(String key) {
      return fetcher.fetch(key);
    }
  }
}
