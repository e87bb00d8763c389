package dev.holdfast.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What holds for some paths or statuses of an origin, as written; what it does not set is as the
 * origin has it. {@link RuleSettings} is the same, checked and resolved.
 *
 * @param paths Spring path patterns, matched with the origin's own path. Every path, unless set.
 * @param statuses Of responses: numbers such as 404, and classes such as 5xx. All, unless set.
 * @param bypass Whether nothing is looked up or stored.
 * @param callerTimeout As the origin's.
 * @param fetchTimeout As the origin's.
 * @param abandonedFills As the origin's.
 * @param defaultTtl As the origin's.
 * @param overrideTtl As the origin's.
 * @param heuristicFreshness As the origin's.
 * @param maxHeuristicTtl As the origin's.
 * @param ignoreResponseDirectives As the origin's, in their place.
 * @param authorization As the origin's.
 * @param cookies As the origin's.
 * @param staleWhileRevalidate As the origin's.
 * @param staleIfError As the origin's.
 * @param maxStoredBody As the origin's.
 * @param key As the origin's, each of them in its place.
 */
public record RuleProperties(
    @DefaultValue List<String> paths,
    @DefaultValue List<String> statuses,
    @DefaultValue("false") boolean bypass,
    @Nullable Duration callerTimeout,
    @Nullable Duration fetchTimeout,
    @Nullable AbandonedFills abandonedFills,
    @Nullable Duration defaultTtl,
    @Nullable Duration overrideTtl,
    @Nullable Boolean heuristicFreshness,
    @Nullable Duration maxHeuristicTtl,
    @Nullable List<String> ignoreResponseDirectives,
    @Nullable Authorization authorization,
    @Nullable Cookies cookies,
    @Nullable Duration staleWhileRevalidate,
    @Nullable Duration staleIfError,
    @Nullable DataSize maxStoredBody,
    @Nullable Key key) {

  /**
   * What of a request makes its key.
   *
   * @param ignoredQueryParameters As the origin's.
   * @param sortedQuery As the origin's.
   * @param headers As the origin's.
   */
  public record Key(
      @Nullable List<String> ignoredQueryParameters,
      @Nullable Boolean sortedQuery,
      @Nullable List<String> headers) {}
}
