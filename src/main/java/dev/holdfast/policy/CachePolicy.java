package dev.holdfast.policy;

import dev.holdfast.http.CacheControl;
import dev.holdfast.http.Fields;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says where RFC 9111 leaves a choice, or in place of what an origin says.
 *
 * @param defaultTtl freshness lifetime of a storable response that says nothing about its own
 * @param overrideTtl freshness lifetime of every storable response, or {@code null}
 * @param maxHeuristicTtl the longest heuristic freshness lifetime (§4.2.2), or {@code null} for
 *     none at all
 * @param ignoredDirectives response directives that do not count, in lower case
 * @param privateCookies whether cookies are treated like credentials
 * @param credentialsInKey whether {@code Authorization} is part of the key, so that each credential
 *     has responses of its own
 * @param staleWhileRevalidate as RFC 5861 §3 for responses with no such directive
 * @param staleIfError as RFC 5861 §4 for responses with no such directive
 */
public record CachePolicy(
    Duration defaultTtl,
    @Nullable Duration overrideTtl,
    @Nullable Duration maxHeuristicTtl,
    Set<String> ignoredDirectives,
    boolean privateCookies,
    boolean credentialsInKey,
    Duration staleWhileRevalidate,
    Duration staleIfError) {

  /** What holds where nothing is configured. */
  public static final CachePolicy BY_DEFAULT =
      new CachePolicy(
          Duration.ZERO, null, null, Set.of(), true, false, Duration.ZERO, Duration.ZERO);

  /** The directives of a response that count. */
  CacheControl directivesOf(Fields response) {
    CacheControl directives = CacheControl.ofResponse(response);
    return ignoredDirectives.isEmpty() ? directives : directives.without(ignoredDirectives);
  }
}
