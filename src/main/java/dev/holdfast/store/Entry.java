package dev.holdfast.store;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Selecting;
import java.time.Duration;
import java.util.Set;

/**
 * One thing stored: a response of one variant, or a value of Spring's annotations.
 *
 * <p>Compared by identity: what replaces an entry is another entry.
 */
public final class Entry {

  /**
   * What one fetch said of the body.
   *
   * @param value what is stored, apart from the body
   * @param tags that the origin gave it ({@link dev.holdfast.http.Tags})
   * @param began the store's clock when the fetch began ({@link Store#begin})
   * @param keepFor how long the entry is kept at the longest, from then on
   * @param weightBytes what the entry takes apart from its body's bytes
   */
  public record State(
      Object value, Set<String> tags, long began, Duration keepFor, int weightBytes) {}

  private final CacheKey key;
  private final Selecting selecting;
  private final Body body;

  /** Replaced under the key's lock in the store, and only while the entry is listed there. */
  private volatile State state;

  /**
   * @param selecting the request fields that select this entry among those of its key
   * @param body taken over: released when the entry leaves the store
   */
  public Entry(CacheKey key, Selecting selecting, Body body, State state) {
    this.key = key;
    this.selecting = selecting;
    this.body = body;
    this.state = state;
  }

  /** The same body under what a later fetch says of it. */
  void renew(State said) {
    state = said;
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
    return state.value();
  }

  /** The bytes; to be retained by whoever reads them. */
  public Body body() {
    return body;
  }

  /** What the latest fetch said. */
  State state() {
    return state;
  }

  /** The store's clock when the fetch began that the entry is from. */
  public long began() {
    return state.began();
  }

  Duration keepFor() {
    return state.keepFor();
  }

  /** What the entry takes, body and overhead included. */
  public int weightBytes() {
    return weightBytes(state);
  }

  /** What the entry would take under what a fetch says of it. */
  int weightBytes(State said) {
    return (int) Math.min(Integer.MAX_VALUE, said.weightBytes() + body.capacityBytes());
  }
}
