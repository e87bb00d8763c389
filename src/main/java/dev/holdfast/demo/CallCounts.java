package dev.holdfast.demo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** How often each URL (path and query) reached the origin, for the most used 10,000 of them. */
class CallCounts {

  private static final int MAX_URLS = 10_000;

  private final Cache<String, AtomicLong> calls =
      Caffeine.newBuilder().maximumSize(MAX_URLS).build();

  /** Counts one call and says which one it was, from 1. */
  long add(String url) {
    return Objects.requireNonNull(calls.get(url, unseen -> new AtomicLong())).incrementAndGet();
  }

  long of(String url) {
    var count = calls.getIfPresent(url);
    return count == null ? 0 : count.get();
  }
}
