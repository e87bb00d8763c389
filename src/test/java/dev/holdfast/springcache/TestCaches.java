package dev.holdfast.springcache;

import dev.holdfast.config.Origins;
import dev.holdfast.fill.Loads;
import dev.holdfast.store.Store;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.TestOrigins;
import java.util.Objects;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A context with the caches {@code catalog} and {@code shop} as the application has them. */
public final class TestCaches implements AutoCloseable {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  public TestCaches(Class<?>... more) {
    context.registerBean(Origins.class, () -> TestOrigins.named("catalog", "shop"));
    context.registerBean(FakeTicker.class, () -> new FakeTicker());
    context.registerBean(Store.class, () -> new Store(1 << 20, bean(FakeTicker.class)));
    context.registerBean(VirtualTimeScheduler.class, () -> VirtualTimeScheduler.create());
    context.register(Loads.class, SpringCacheConfiguration.class);
    if (more.length > 0) {
      context.register(more);
    }
    context.refresh();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public Cache cache(String name) {
    return Objects.requireNonNull(bean(CacheManager.class).getCache(name), name);
  }

  @Override
  public void close() {
    context.close();
  }
}
