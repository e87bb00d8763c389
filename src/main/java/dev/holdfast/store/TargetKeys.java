package dev.holdfast.store;

import dev.holdfast.http.CacheKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * The keys under which each target has something stored. Safe for use by several threads, as long
 * as what is noted of one key comes from one at a time.
 */
final class TargetKeys {

  /** Those with a discriminator, by the key without: most targets have none. */
  private final ConcurrentMap<CacheKey, Set<CacheKey>> discriminated = new ConcurrentHashMap<>();

  /** Notes whether anything is stored under the key. */
  void note(CacheKey key, boolean isThere) {
    if (key.discriminator().isEmpty()) {
      return;
    }
    discriminated.compute(
        new CacheKey(key.cache(), key.target()),
        (plain, keys) -> {
          Set<CacheKey> all = keys == null ? ConcurrentHashMap.newKeySet() : keys;
          if (isThere) {
            all.add(key);
          } else {
            all.remove(key);
          }
          return all.isEmpty() ? null : all;
        });
  }

  /** The target's keys, that without a discriminator among them, whether it has anything or not. */
  Stream<CacheKey> keysOf(String cache, Object target) {
    CacheKey plain = new CacheKey(cache, target);
    return Stream.concat(Stream.of(plain), discriminated.getOrDefault(plain, Set.of()).stream());
  }
}
