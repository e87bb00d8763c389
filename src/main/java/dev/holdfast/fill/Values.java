package dev.holdfast.fill;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Selecting;
import dev.holdfast.store.Body;
import dev.holdfast.store.Entry;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of Spring's annotations as the store keeps them. */
public final class Values {

  /** A value's weight is not known to us; this stands for it. */
  static final int ASSUMED_WEIGHT_BYTES = 1024;

  /** How long a value is kept that is not {@link Expiring}; Caffeine takes this for ever. */
  static final Duration FOR_EVER = Duration.ofDays(36_500);

  private Values() {}

  /** The value in an entry, {@code null} where null was cached. */
  public static @Nullable Object of(Entry entry) {
    return entry.value() == Absent.VALUE ? null : entry.value();
  }

  /** How long the value is to be kept; asks the value itself, which may do what it likes. */
  static Duration keepFor(@Nullable Object value) {
    return value instanceof Expiring expiring ? expiring.keepFor() : FOR_EVER;
  }

  /** An entry for a value that is no response. */
  static Entry entry(CacheKey key, @Nullable Object value, Duration keepFor, long began) {
    Object stored = value == null ? Absent.VALUE : value;
    return new Entry(
        key,
        Selecting.ALWAYS,
        Body.empty(),
        new Entry.State(stored, Set.of(), began, keepFor, ASSUMED_WEIGHT_BYTES));
  }

  /** Stands for a cached {@code null}. */
  private enum Absent {
    VALUE
  }
}
