package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/** What was fetched before an eviction answers nobody who asks after it. */
class InvalidationTest {

  @Test
  void evictedInMidFetch_oldResponseIsNotStoredAndNotShared() {
    invalidatedInMidFetch(cache -> cache.evict("/item"));
  }

  @Test
  void clearedInMidFetch_oldResponseIsNotStoredAndNotShared() {
    invalidatedInMidFetch(Cache::clear);
  }

  private static void invalidatedInMidFetch(Consumer<Cache> invalidation) {
    var gate = new Gate();
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s");
        var before = holdfast.caller();
        var after = holdfast.caller()) {
      origin.on(
          "/item",
          exchange -> {
            var old = exchange.request().nth() == 1;
            if (old) {
              exchange.await(gate);
            }
            exchange.ok(old ? "old" : "new", "Cache-Control: max-age=60");
          });
      var cache = Objects.requireNonNull(holdfast.bean(CacheManager.class).getCache("catalog"));
      before.get("/catalog/item");
      origin.awaitRequests("/item", 1);

      invalidation.accept(cache);

      assertThat(after.exchange("GET", "/catalog/item").text()).isEqualTo("new");
      gate.open();
      assertThat(before.readResponse().text()).isEqualTo("old");
      holdfast.awaitNothingLeft();
      assertThat(holdfast.get("/item").text()).isEqualTo("new");
      assertThat(holdfast.fills("superseded")).isEqualTo(1);
      cache.evict("/item");
      assertThat(holdfast.get("/item").header("Cache-Status")).contains("fwd=uri-miss");
    }
  }
}
