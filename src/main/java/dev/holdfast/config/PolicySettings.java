package dev.holdfast.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How responses of an origin are got and cached, or those that one rule is about; checked and
 * resolved.
 *
 * @param bypass whether nothing is looked up or stored
 * @param callerTimeout how long a caller waits for the head; above zero
 * @param fetchTimeout from a fetch's start to its last byte; above zero
 * @param abandonedFills what becomes of a fill when its last caller has left
 * @param defaultTtl freshness lifetime of a response that says nothing about its own
 * @param overrideTtl freshness lifetime of every storable response; null for the response's own
 * @param heuristicFreshness whether the time since {@code Last-Modified} makes a lifetime
 * @param maxHeuristicTtl the longest that it makes; above zero
 * @param ignoredDirectives of responses; in lower case, never {@code private}
 * @param authorization whose responses to requests with credentials are
 * @param cookies what a cookie makes of a request or a response
 * @param staleWhileRevalidate for responses with no such directive; zero or above
 * @param staleIfError for responses with no such directive; zero or above
 * @param maxStoredBodyBytes a longer body is not stored; above zero
 * @param key what of a request makes its key
 */
public record PolicySettings(
    boolean bypass,
    Duration callerTimeout,
    Duration fetchTimeout,
    AbandonedFills abandonedFills,
    Duration defaultTtl,
    @Nullable Duration overrideTtl,
    boolean heuristicFreshness,
    Duration maxHeuristicTtl,
    Set<String> ignoredDirectives,
    Authorization authorization,
    Cookies cookies,
    Duration staleWhileRevalidate,
    Duration staleIfError,
    long maxStoredBodyBytes,
    KeySettings key) {

  /** What is so where nothing is configured. */
  public static final PolicySettings BY_DEFAULT =
      new PolicySettings(
          false,
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          AbandonedFills.COMPLETE,
          Duration.ZERO,
          null,
          false,
          Duration.ofHours(24),
          Set.of(),
          Authorization.SHARED,
          Cookies.PRIVATE,
          Duration.ZERO,
          Duration.ZERO,
          8L * 1024 * 1024,
          new KeySettings(List.of(), false, List.of()));

  /** The same, but that nothing is looked up or stored. */
  public PolicySettings bypassed() {
    return new PolicySettings(
        true,
        callerTimeout,
        fetchTimeout,
        abandonedFills,
        defaultTtl,
        overrideTtl,
        heuristicFreshness,
        maxHeuristicTtl,
        ignoredDirectives,
        authorization,
        cookies,
        staleWhileRevalidate,
        staleIfError,
        maxStoredBodyBytes,
        key);
  }
}
