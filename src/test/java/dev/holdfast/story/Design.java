package dev.holdfast.story;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One way to put a cache in front of a slow origin. */
interface Design extends AutoCloseable {

  /** The answer for one caller, who leaves by cancelling it. */
  Mono<String> get(String key);

  void evict(String key);

  /** What the cache holds now, without fetching. */
  @Nullable String stored(String key);

  /** Waits until no fetch is under way and what each of them set off has been done. */
  void settle();

  @Override
  default void close() {}
}
