package dev.holdfast.store;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Selecting;
import java.time.Duration;

/**
 * One thing stored: a response of one variant, or a value of Spring's annotations.
 *
 * <p>Compared by identity: what replaces an entry is another entry.
 */
public final class Entry {

  private final CacheKey key;
  private final Selecting selecting;
  private final Object value;
  private final Body body;
  private final long began;
  private final Duration keepFor;
  private final int weightBytes;

  /**
   * @param selecting the request fields that select this entry among those of its key
   * @param body taken over: released when the entry leaves the store
   * @param began the store's clock when the fetch began ({@link Store#begin})
   * @param keepFor how long the entry is kept at the longest
   * @param weightBytes what it takes apart from its body
   */
  public Entry(
      CacheKey key,
      Selecting selecting,
      Object value,
      Body body,
      long began,
      Duration keepFor,
      int weightBytes) {
    this.key = key;
    this.selecting = selecting;
    this.value = value;
    this.body = body;
    this.began = began;
    this.keepFor = keepFor;
    this.weightBytes = (int) Math.min(Integer.MAX_VALUE, weightBytes + body.lengthBytes());
  }

  /** The primary key. */
  public CacheKey key() {
    return key;
  }

  /** What selects this entry among those of its key. */
  public Selecting selecting() {
    return selecting;
  }

  /** What is stored, apart from the body. */
  public Object value() {
    return value;
  }

  /** The bytes; to be retained by whoever reads them. */
  public Body body() {
    return body;
  }

  /** The store's clock when the fetch began. */
  public long began() {
    return began;
  }

  Duration keepFor() {
    return keepFor;
  }

  /** What the entry takes, body and overhead included. */
  public int weightBytes() {
    return weightBytes;
  }
}
