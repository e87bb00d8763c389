package dev.holdfast.store;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Selecting;
import dev.holdfast.testing.Bytes;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Entries for tests: a word each, a body of known bytes, an hour to live. */
final class Entries {

  static final String CACHE = "catalog";
  static final CacheKey KEY = new CacheKey(CACHE, "/items/1");
  static final CacheKey OTHER_KEY = new CacheKey(CACHE, "/items/2");
  static final Duration HOUR = Duration.ofHours(1);
  static final int OVERHEAD_BYTES = 10;

  private final BodyMemory memory;

  Entries(BodyMemory memory) {
    this.memory = memory;
  }

  /** A body in one segment. */
  Body body(int bytes) {
    ByteBuf segment = Objects.requireNonNull(memory.tryAllocate(bytes, () -> {}));
    segment.writeBytes(Bytes.of(0, bytes));
    return new Body(List.of(segment));
  }

  Entry entry(CacheKey key, String word, long began) {
    return entry(key, Selecting.ALWAYS, word, began, HOUR, 100);
  }

  Entry variant(CacheKey key, String language, long began) {
    return entry(key, selecting(language), language, began, HOUR, 100);
  }

  /** An entry whose word is its tag as well. */
  Entry tagged(CacheKey key, String tag, long began) {
    return new Entry(
        key,
        Selecting.ALWAYS,
        body(100),
        new Entry.State(tag, Set.of(tag), began, HOUR, OVERHEAD_BYTES));
  }

  Entry entry(
      CacheKey key, Selecting selecting, String word, long began, Duration keepFor, int bytes) {
    return new Entry(
        key,
        selecting,
        body(bytes),
        new Entry.State(word, Set.of(), began, keepFor, OVERHEAD_BYTES));
  }

  static Scope target(CacheKey key) {
    return new Scope.Target(key.target());
  }

  static Selecting selecting(String language) {
    return Selecting.by(List.of("accept-language"), asking(language));
  }

  /** A request in that language. */
  static Fields asking(String language) {
    return Fields.of("Accept-Language", language);
  }

  /** The word of what the request finds, or a dash. */
  static String found(Store store, CacheKey key, Fields request) {
    Entry entry = store.find(key, request);
    return entry == null ? "-" : (String) entry.value();
  }

  static String found(Store store, CacheKey key) {
    return found(store, key, Fields.EMPTY);
  }
}
