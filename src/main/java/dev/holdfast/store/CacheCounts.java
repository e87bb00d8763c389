package dev.holdfast.store;

import java.util.concurrent.atomic.LongAdder;

/** What happened to one cache's entries since the start; each number only grows. */
public final class CacheCounts {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder evictions = new LongAdder();

  /** The number of entries now. */
  final LongAdder size = new LongAdder();

  CacheCounts() {}

  /** Look-ups that found an entry. */
  public long hits() {
    return hits.sum();
  }

  /** Look-ups that found none. */
  public long misses() {
    return misses.sum();
  }

  /** Entries written. */
  public long puts() {
    return puts.sum();
  }

  /** Entries that left because of their age or for want of room. */
  public long evictions() {
    return evictions.sum();
  }

  /** Entries stored now. */
  public long size() {
    return size.sum();
  }
}
