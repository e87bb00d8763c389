package dev.holdfast.story;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Look up in Caffeine, else fetch and {@code doOnNext(put)}, in three ways to share the fetch. */
class NaiveDesign implements Design {

  private final Cache<String, String> cache = Caffeine.newBuilder().build();
  private final ConcurrentMap<String, Mono<String>> inFlight = new ConcurrentHashMap<>();
  private final @Nullable UnaryOperator<Mono<String>> sharing;
  private final Fetcher fetcher;

  private NaiveDesign(StoryOrigin origin, @Nullable UnaryOperator<Mono<String>> sharing) {
    this.sharing = sharing;
    this.fetcher = new Fetcher(origin);
  }

  static Design eachForItself(StoryOrigin origin) {
    return new NaiveDesign(origin, null);
  }

  static Design mapOfCachedMonos(StoryOrigin origin) {
    return new NaiveDesign(origin, Mono::cache);
  }

  static Design mapOfSharedMonos(StoryOrigin origin) {
    return new NaiveDesign(origin, Mono::share);
  }

  @Override
  public Mono<String> get(String key) {
    return Mono.defer(
        () -> {
          var stored = stored(key);
          return stored != null ? Mono.just(stored) : fetchAndPut(key);
        });
  }

  private Mono<String> fetchAndPut(String key) {
    var fetch = fetcher.fetch(key).doOnNext(answer -> cache.put(key, answer));
    if (sharing == null) {
      return fetch;
    }
    return inFlight.computeIfAbsent(
        key, absent -> sharing.apply(fetch.doFinally(over -> inFlight.remove(key))));
  }

  @Override
  public void evict(String key) {
    cache.invalidate(key);
  }

  @Override
  public @Nullable String stored(String key) {
    return cache.getIfPresent(key);
  }

  @Override
  public void settle() {
    fetcher.settle();
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
