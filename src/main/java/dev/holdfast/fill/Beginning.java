package dev.holdfast.fill;

import dev.holdfast.http.StoredResponse;
import dev.holdfast.http.Tags;
import dev.holdfast.policy.Storability;
import dev.holdfast.store.Body;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Weights;
import java.time.Instant;
import java.util.Set;

/**
 * When a fetch began, by the store's clock and by passing time.
 *
 * @param reading of the store's clock, by which what it brings is stored
 * @param invalidations how many had ended by then
 */
record Beginning(long reading, long invalidations, Instant time) {

  Beginning with(long other) {
    return new Beginning(other, invalidations, time);
  }

  /** What is stored for a response that the fetch has brought or confirmed. */
  Entry.State stateOf(StoredResponse response, Body body, Ask ask) {
    Set<String> tags = Tags.of(response.head().fields());
    return new Entry.State(
        response,
        tags,
        reading,
        Storability.keepFor(response, ask.policyFor(response.head().status())),
        Weights.apartFromBytes(ask.key(), response, body, tags));
  }
}
