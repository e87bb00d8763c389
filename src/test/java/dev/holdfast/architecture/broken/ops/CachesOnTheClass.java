package dev.holdfast.architecture.broken.ops;

import org.springframework.cache.annotation.Cacheable;
import reactor.core.publisher.Mono;

/** The same, said once for all methods. */
@Cacheable("catalog")
public class CachesOnTheClass {

  public Mono<String> mono() {
    return Mono.empty();
  }
}
