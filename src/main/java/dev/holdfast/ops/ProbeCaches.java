package dev.holdfast.ops;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheOperationInvocationContext;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.stereotype.Component;

/** Where probes are cached: each in its origin's own cache. */
@Component(ProbeCaches.NAME)
final class ProbeCaches implements CacheResolver {

  static final String NAME = "probeCaches";

  private final CacheManager caches;

  ProbeCaches(CacheManager caches) {
    this.caches = caches;
  }

  @Override
  public Collection<? extends Cache> resolveCaches(CacheOperationInvocationContext<?> context) {
    ProbeKey key = (ProbeKey) Objects.requireNonNull(context.getArgs()[0]);
    return List.of(Objects.requireNonNull(caches.getCache(key.origin()), key.origin()));
  }
}
