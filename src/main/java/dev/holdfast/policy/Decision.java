package dev.holdfast.policy;

import dev.holdfast.http.Forwarded;
import java.time.Duration;

/** What is to be done with one request. */
public sealed interface Decision {

  /**
   * Answer from the cache.
   *
   * @param age the stored response's current age
   * @param ttl the freshness that remains, negative once stale
   * @param whileRevalidating whether it is stale, and used while it is fetched anew (RFC 5861 §3)
   * @param refresh whether a fill for this request is to fetch it anew: what that brings could take
   *     the stale response's place
   */
  record Serve(Duration age, Duration ttl, boolean whileRevalidating, boolean refresh)
      implements Decision {}

  /** Answer that the cache has nothing: the request allows nothing but the cache (§5.2.1.7). */
  record Refuse() implements Decision {}

  /** Get the response from the origin. */
  sealed interface Forward extends Decision {

    /** Why the cache does not answer. */
    Forwarded why();
  }

  /**
   * Join the key's fill, or start one that others may join.
   *
   * @param validate whether one that is started asks if the stored response may still be used, or,
   *     where that is a part, for the rest
   */
  record Join(Forwarded why, boolean validate) implements Forward {}

  /**
   * Join the key's fill where one runs, else fetch for this caller alone: others could not have, or
   * must not wait for, what that brings.
   */
  record JoinOrPass(Pass otherwise) implements Forward {
    @Override
    public Forwarded why() {
      return otherwise.why();
    }
  }

  /**
   * Fetch for this caller alone; the response is stored if it is storable.
   *
   * @param validate whether the fetch asks if the stored response may still be used
   * @param asSent whether the caller's own conditions are the origin's to answer
   */
  record Pass(Forwarded why, boolean validate, boolean asSent) implements Forward {}
}
