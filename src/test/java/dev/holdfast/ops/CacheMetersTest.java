package dev.holdfast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.springcache.TestCaches;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.cache.metrics.CacheMetricsRegistrar;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;

/** Our caches in Spring Boot's own meters, bound as Boot binds them. */
class CacheMetersTest {

  private final TestCaches caches = new TestCaches();
  private final Cache catalog = caches.cache("catalog");
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final CacheMetricsRegistrar registrar =
      new CacheMetricsRegistrar(registry, List.of(new CacheMeters()));

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void ourCaches_areBound_othersAreLeftToOthers() {
    assertThat(registrar.bindCacheToRegistry(catalog)).isTrue();
    assertThat(registrar.bindCacheToRegistry(new ConcurrentMapCache("other"))).isFalse();
  }

  @Test
  void meters_areBootsOwn() {
    registrar.bindCacheToRegistry(catalog, Tag.of("cache.manager", "cacheManager"));

    String tags = "cache=catalog, cache.manager=cacheManager, name=catalog";
    assertThat(Meters.of(registry))
        .containsExactly(
            "COUNTER cache.evictions{" + tags + "}",
            "COUNTER cache.gets{" + tags + ", result=hit}",
            "COUNTER cache.gets{" + tags + ", result=miss}",
            "COUNTER cache.marks.merged{" + tags + "}",
            "COUNTER cache.puts{" + tags + "}",
            "GAUGE cache.marks{" + tags + "}",
            "GAUGE cache.size{" + tags + "}");
  }

  @Test
  void whatHappensInACache_isCountedForItAlone() {
    registrar.bindCacheToRegistry(catalog);
    registrar.bindCacheToRegistry(caches.cache("shop"));
    catalog.put("one", 1);
    catalog.put("two", 2);
    catalog.get("one");
    catalog.get("one");
    catalog.get("three");
    catalog.evict("two");

    assertThat(value("cache.gets", "result", "hit")).isEqualTo(2);
    assertThat(value("cache.gets", "result", "miss")).isEqualTo(1);
    assertThat(value("cache.puts")).isEqualTo(2);
    assertThat(value("cache.size")).isEqualTo(1);
    assertThat(value("cache.evictions")).as("an invalidation is no eviction").isZero();
    assertThat(Meters.value(registry, "cache.puts", "cache", "shop")).isZero();
  }

  @Test
  void clearedCache_countsWhatItHad_untilThatIsLookedUp() {
    registrar.bindCacheToRegistry(catalog);
    catalog.put("one", 1);
    catalog.put("two", 2);
    catalog.clear();
    assertThat(value("cache.size")).isEqualTo(2);

    assertThat(catalog.get("one")).isNull();
    assertThat(catalog.get("two")).isNull();

    assertThat(value("cache.size")).isZero();
    assertThat(value("cache.evictions")).isZero();
  }

  @Test
  void invalidations_areCountedUntilTheyMerge() {
    registrar.bindCacheToRegistry(catalog);
    for (int i = 0; i < 10_000; i++) {
      catalog.evict(i);
    }
    assertThat(value("cache.marks")).isEqualTo(10_000);
    assertThat(value("cache.marks.merged")).isZero();

    catalog.evict("one more");

    assertThat(value("cache.marks")).isEqualTo(5_000);
    assertThat(value("cache.marks.merged")).isEqualTo(1);
  }

  private double value(String name, String... tags) {
    String[] all = new String[tags.length + 2];
    all[0] = "cache";
    all[1] = "catalog";
    System.arraycopy(tags, 0, all, 2, tags.length);
    return Meters.value(registry, name, all);
  }
}
