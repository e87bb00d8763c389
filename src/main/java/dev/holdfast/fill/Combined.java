package dev.holdfast.fill;

import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.Combination;
import dev.holdfast.store.Body;
import dev.holdfast.store.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What is written of a response: itself, or, if it is a part, with what is stored of the same (RFC
 * 9111 §3.4).
 *
 * @param body with one reference, for whoever stores it
 */
record Combined(StoredResponse response, Body body) {

  /**
   * A response, and what is stored of the same.
   *
   * @param body of the response, taken over
   * @param stored what the request selects, or {@code null}
   * @param maxBytes a longer body is not put together
   */
  static Combined of(StoredResponse came, Body body, @Nullable Entry stored, long maxBytes) {
    if (stored == null
        || !(stored.value() instanceof StoredResponse known)
        || !stored.body().tryRetain()) {
      return new Combined(came, body);
    }
    try {
      Combined both = of(came, body, known, stored.body(), maxBytes);
      if (both == null) {
        return new Combined(came, body);
      }
      body.release(); // its bytes are in the other by now
      return both;
    } finally {
      stored.body().release();
    }
  }

  private static @Nullable Combined of(
      StoredResponse came, Body body, StoredResponse known, Body held, long maxBytes) {
    Combination both = Combination.of(known.head(), held.lengthBytes(), came.head());
    if (both == null || held.lengthBytes() + both.before() + both.after() > maxBytes) {
      return null;
    }
    Body joined = held.within(body, both.before(), both.after());
    return new Combined(came.withHead(both.head()), joined);
  }
}
