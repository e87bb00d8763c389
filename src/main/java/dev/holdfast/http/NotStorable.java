package dev.holdfast.http;

import java.util.Locale;

/** Why a response is not stored; one word for {@code Cache-Status}, log and meter alike. */
public enum NotStorable {
  /** A rule of the configuration's says {@code bypass}. */
  BYPASS,
  /** Only {@code GET} is stored. */
  METHOD,
  /** The caller asked for a part, or set a condition, so that the answer is about less or other. */
  PARTIAL_REQUEST,
  /** A part that nothing can be put together with: of what, or of which state, is not known. */
  PARTIAL_RESPONSE,
  /** The caller's request says {@code no-store} (RFC 9111 §5.2.1.5). */
  REQUEST_NO_STORE,
  /** The response says {@code no-store} (RFC 9111 §5.2.2.5). */
  NO_STORE,
  /** The response says {@code private} (RFC 9111 §5.2.2.7). */
  PRIVATE,
  /** The response says {@code no-cache}, and has nothing to validate it by (§5.2.2.4). */
  NO_CACHE,
  /** The response sets a cookie, and {@code cookies} is {@code private}. */
  SET_COOKIE,
  /** The request had credentials and the response does not allow sharing (RFC 9111 §3.5). */
  AUTHORIZATION,
  /** The request had a cookie, and the response does not allow sharing. */
  COOKIE,
  /**
   * {@code text/event-stream}: it is told as it happens, and has no end that would make it whole.
   */
  EVENT_STREAM,
  /** {@code Vary: *} (RFC 9111 §4.1). */
  VARY_STAR,
  /** {@code Vary} nominates more fields than are kept apart. */
  VARY_TOO_WIDE,
  /** The status is one that is not stored (RFC 9111 §3). */
  STATUS,
  /** Neither the response nor the configuration says how long it is fresh (RFC 9111 §3). */
  NO_FRESHNESS,
  /** It is already stale when it arrives. */
  STALE,
  /** A server's error, in whose place a stored response may be used (RFC 5861 §4). */
  STALE_IF_ERROR,
  /** The body is longer than {@code max-stored-body}. */
  TOO_LARGE,
  /** The running fills hold all of {@code max-in-flight-memory}. */
  IN_FLIGHT_MEMORY,
  /** It takes more than {@code max-memory}, or what is still read of evicted ones leaves of it. */
  CACHE_MEMORY,
  /** As many variants of the target are stored as are kept. */
  TOO_MANY_VARIANTS,
  /** The store failed to take it; the log says how. */
  STORE_FAILED;

  private final String token = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word as {@code detail} in {@code Cache-Status} has it: {@code no-store}. */
  public String token() {
    return token;
  }

  /** Whether it is for what the request was made with, and not for what the response is. */
  public boolean isByCredentials() {
    return this == AUTHORIZATION || this == COOKIE;
  }
}
