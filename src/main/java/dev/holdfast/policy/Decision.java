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

  /** Get the response from the origin. */
  sealed interface Forward extends Decision {

    /** Why the cache does not answer. */
    Forwarded why();
  }

  /**
   * Join the key's fill, or start one that others may join.
   *
   * @param validate whether one that is started asks if the stored response may still be used
   */
  record Join(Forwarded why, boolean validate) implements Forward {}

  /** Join the key's fill where one runs, else fetch for this caller alone. */
  record JoinOrPass(Forwarded why) implements Forward {}

  /** Fetch for this caller alone; the response is stored if it is storable. */
  record Pass(Forwarded why) implements Forward {}
}
