package dev.holdfast.story;

import dev.holdfast.fill.Fills;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import dev.holdfast.testing.RunningHoldfast;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.CacheManager;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Holdfast itself, called over HTTP as a service calls it: leaving is closing the connection. */
class HoldfastDesign implements Design {

  private static final String ORIGIN = "story";
  private static final Duration SAFETY = Duration.ofSeconds(30);

  private final ConnectionProvider connections = ConnectionProvider.create("callers", 1_000);
  private final RunningHoldfast holdfast;
  private final WebClient callers;

  HoldfastDesign(StoryOrigin origin) {
    holdfast =
        RunningHoldfast.start(
            "--holdfast.origins.story.caller-timeout=30s",
            "--holdfast.origins.story.base-url=" + origin.baseUrl());
    callers =
        WebClient.builder()
            .baseUrl("http://127.0.0.1:" + holdfast.port() + "/" + ORIGIN)
            .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
            .build();
  }

  @Override
  public Mono<String> get(String key) {
    return callers.get().uri("/{key}", key).retrieve().bodyToMono(String.class);
  }

  @Override
  public void evict(String key) {
    Objects.requireNonNull(holdfast.bean(CacheManager.class).getCache(ORIGIN)).evict("/" + key);
  }

  @Override
  public @Nullable String stored(String key) {
    Entry entry = holdfast.bean(Store.class).peek(new CacheKey(ORIGIN, "/" + key), Fields.EMPTY);
    return entry == null ? null : entry.body().lengthBytes() + " bytes";
  }

  @Override
  public void settle() {
    Fills fills = holdfast.bean(Fills.class);
    long deadline = System.nanoTime() + SAFETY.toNanos();
    while (!fills.running().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("fills still run: " + fills.running());
      }
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  @Override
  public void close() {
    connections.disposeLater().block(SAFETY);
    holdfast.close();
  }
}
