package dev.holdfast.ops;

import dev.holdfast.springcache.HoldfastCache;
import dev.holdfast.store.CacheCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.stereotype.Component;

/** Spring Boot's own cache meters ({@code cache.gets} and the like) for our caches. */
@Component
final class CacheMeters implements CacheMeterBinderProvider<HoldfastCache> {

  @Override
  public MeterBinder getMeterBinder(HoldfastCache cache, Iterable<Tag> tags) {
    return new Binder(cache, cache.getNativeCache().counts(cache.getName()), tags);
  }

  private static final class Binder extends CacheMeterBinder<HoldfastCache> {
    private final HoldfastCache cache;
    private final CacheCounts counts;

    Binder(HoldfastCache cache, CacheCounts counts, Iterable<Tag> tags) {
      super(cache, cache.getName(), tags);
      this.cache = cache;
      this.counts = counts;
    }

    @Override
    protected Long size() {
      return counts.size();
    }

    @Override
    protected long hitCount() {
      return counts.hits();
    }

    @Override
    protected Long missCount() {
      return counts.misses();
    }

    @Override
    protected Long evictionCount() {
      return counts.evictions();
    }

    @Override
    protected long putCount() {
      return counts.puts();
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
      Gauge.builder("cache.marks", cache, held -> held.getNativeCache().marks(held.getName()))
          .description("Marks of invalidations that are kept")
          .tags(getTagsWithCacheName())
          .register(registry);
      FunctionCounter.builder(
              "cache.marks.merged",
              cache,
              held -> held.getNativeCache().mergedMarks(held.getName()))
          .description("Times that older marks were merged into one for the whole cache")
          .tags(getTagsWithCacheName())
          .register(registry);
    }
  }
}
