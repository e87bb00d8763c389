package dev.holdfast.policy;

import dev.holdfast.http.Forwarded;
import java.time.Duration;

/** What is to be done with one request. */
public sealed interface Decision {

  /**
   * Answer from the cache.
   *
   * @param age the stored response's current age
   * @param ttl the freshness that remains
   */
  record Serve(Duration age, Duration ttl) implements Decision {}

  /** Join the key's fill, or start one that others may join. */
  record Join(Forwarded why) implements Decision {}

  /** Fetch for this caller alone; the response is stored if it is storable. */
  record Pass(Forwarded why) implements Decision {}
}
