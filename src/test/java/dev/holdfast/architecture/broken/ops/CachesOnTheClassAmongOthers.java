package dev.holdfast.architecture.broken.ops;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;
import reactor.core.publisher.Mono;

/** The same, said once for all methods and in other words. */
@Caching(cacheable = @Cacheable("catalog"), evict = @CacheEvict("catalog"))
public class CachesOnTheClassAmongOthers {

  public Mono<String> mono() {
    return Mono.empty();
  }
}
