package dev.holdfast.fill;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.Sharing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The targets whose response was lately found not storable, so that their callers fetch in parallel
 * and not one by one: bounded, short-lived, and only ever a matter of speed.
 */
final class NotStorableTargets {

  static final Duration LIFETIME = Duration.ofSeconds(10);
  static final int MAX_TARGETS = 10_000;

  private final Cache<CacheKey, NotStorable> marks;

  NotStorableTargets(Ticker ticker) {
    this.marks =
        Caffeine.newBuilder()
            .maximumSize(MAX_TARGETS)
            .expireAfterWrite(LIFETIME)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** Marks the key, if it is the target and not one request that kept the response from it. */
  void add(CacheKey key, NotStorable reason, StoredResponse response) {
    boolean ofTheTarget =
        reason != NotStorable.BYPASS
            && reason != NotStorable.METHOD
            && reason != NotStorable.PARTIAL_REQUEST
            && reason != NotStorable.PARTIAL_RESPONSE
            && reason != NotStorable.REQUEST_NO_STORE
            && reason != NotStorable.IN_FLIGHT_MEMORY;
    if (!ofTheTarget || Sharing.isShareable(reason, response)) {
      return;
    }
    if (reason.isByCredentials()) {
      marks.asMap().putIfAbsent(key, reason); // which concerns fewer callers than another
    } else {
      marks.put(key, reason);
    }
  }

  /** Marks the key: its response is stored, and yet answers no other request as it is. */
  void addValidated(CacheKey key) {
    marks.put(key, NotStorable.NO_CACHE);
  }

  /** Takes the mark away: a response of the key is being stored. */
  void remove(CacheKey key) {
    marks.invalidate(key);
  }

  /** Why a response of the key was not storable; {@code null} if it has no mark. */
  @Nullable NotStorable reason(CacheKey key) {
    return marks.getIfPresent(key);
  }
}
