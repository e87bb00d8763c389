package dev.holdfast.store;

import com.github.benmanes.caffeine.cache.Ticker;

/** Stores for tests of other rooms. */
public final class TestStores {

  private TestStores() {}

  /** A store whose marks of invalidations merge past that number. */
  public static Store withMarks(int maxMarks, long maxBytes, Ticker ticker) {
    return new Store(maxBytes, ticker, maxMarks);
  }
}
