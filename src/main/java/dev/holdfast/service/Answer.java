package dev.holdfast.service;

import dev.holdfast.http.CacheStatus;
import dev.holdfast.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What a caller is answered. */
public sealed interface Answer {

  /** How the cache handled the request. */
  CacheStatus cacheStatus();

  /**
   * A response of the origin.
   *
   * @param age its current age, if it comes from the cache
   * @param body for one subscriber, while the answer is being written; each buffer is the
   *     subscriber's to release; fails where the rest will not come
   */
  record Response(
      ResponseHead head, @Nullable Duration age, CacheStatus cacheStatus, Flux<ByteBuf> body)
      implements Answer {}

  /**
   * An error of Holdfast's own.
   *
   * @param detail what is wrong in this case, for a human
   * @param fetchContinues whether the fetch goes on without the caller
   * @param retryAfter when it may be worth another try
   */
  record Problem(
      ProblemType type,
      String detail,
      boolean fetchContinues,
      @Nullable Duration retryAfter,
      CacheStatus cacheStatus)
      implements Answer {}
}
