package dev.holdfast.fill;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.Sharing;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was lately learnt about keys that nothing is stored under: bounded, short-lived, and only
 * ever a matter of speed.
 */
final class Hints {

  static final Duration LIFETIME = Duration.ofSeconds(10);
  private static final int MAX_KEYS = 10_000;

  private final Cache<CacheKey, NotStorable> notStorable;
  private final Cache<CacheKey, List<String>> selectingNames;

  Hints(Ticker ticker) {
    var bounded =
        Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterWrite(LIFETIME).ticker(ticker);
    this.notStorable = bounded.build();
    this.selectingNames = bounded.build();
  }

  /** The mark that lets later callers of the key fetch in parallel instead of one by one. */
  void notStorable(CacheKey key, NotStorable reason, StoredResponse response) {
    boolean ofTheTarget =
        reason != NotStorable.METHOD
            && reason != NotStorable.PARTIAL_REQUEST
            && reason != NotStorable.REQUEST_NO_STORE
            && reason != NotStorable.IN_FLIGHT_MEMORY;
    if (ofTheTarget && !Sharing.isShareable(reason, response)) {
      notStorable.put(key, reason);
    }
  }

  boolean isNotStorable(CacheKey key) {
    return notStorable.getIfPresent(key) != null;
  }

  /** A response of the key is being stored that those fields of the request select. */
  void selectedBy(CacheKey key, List<String> names) {
    notStorable.invalidate(key);
    if (!names.isEmpty()) {
      selectingNames.put(key, names);
    }
  }

  @Nullable List<String> selectingNames(CacheKey key) {
    return selectingNames.getIfPresent(key);
  }
}
