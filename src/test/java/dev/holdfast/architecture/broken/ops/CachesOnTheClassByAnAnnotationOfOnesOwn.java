package dev.holdfast.architecture.broken.ops;

import dev.holdfast.architecture.CachedInCatalog;
import reactor.core.publisher.Mono;

/** The same, said once for all methods and in other words. */
@CachedInCatalog
public class CachesOnTheClassByAnAnnotationOfOnesOwn {

  public Mono<String> mono() {
    return Mono.empty();
  }
}
