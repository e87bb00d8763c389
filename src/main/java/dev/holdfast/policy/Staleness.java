package dev.holdfast.policy;

import dev.holdfast.http.CacheControl;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.StoredResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** When a response may be used although it is stale (RFC 9111 §4.2.4, RFC 5861). */
public final class Staleness {

  /** Directives that forbid it; {@code s-maxage} says what {@code proxy-revalidate} does. */
  private static final List<String> FORBIDDING =
      List.of("must-revalidate", "proxy-revalidate", "s-maxage");

  /** The errors of a server that a stale response may stand in for (RFC 5861 §4). */
  private static final Set<Integer> ERRORS = Set.of(500, 502, 503, 504);

  private Staleness() {}

  /** Whether the status is a server's error that a stale response may stand in for. */
  public static boolean isError(int status) {
    return ERRORS.contains(status);
  }

  /** Whether it may never be used stale (§4.2.4), nor at all without validation (§5.2.2.4). */
  static boolean isForbidden(StoredResponse stored, CachePolicy policy) {
    CacheControl directives = policy.directivesOf(stored.head().fields());
    return isError(stored.head().status()) // which stands in for nothing
        || FORBIDDING.stream().anyMatch(directives::has)
        || directives.isUnqualified("no-cache");
  }

  /** By how much its freshness lifetime is exceeded; negative while it is fresh. */
  static Duration of(StoredResponse stored, CachePolicy policy, Instant now) {
    return Freshness.ttl(stored, policy, now).negated();
  }

  /** Whether it may be used as stale as it is, while it is fetched anew (RFC 5861 §3). */
  static boolean allowedWhileRevalidating(StoredResponse stored, CachePolicy policy, Instant now) {
    return !isForbidden(stored, policy)
        && of(stored, policy, now).compareTo(whileRevalidating(stored, policy)) < 0;
  }

  /** Whether it may be used as stale as it is, for the request's own word (§5.2.1.2). */
  static boolean allowedByRequest(
      RequestHead request, StoredResponse stored, CachePolicy policy, Instant now) {
    return !isForbidden(stored, policy)
        && Requests.maxStale(request)
            .filter(limit -> of(stored, policy, now).compareTo(limit) <= 0)
            .isPresent();
  }

  /** Whether it may be used as stale as it is, since the origin fails (RFC 5861 §4). */
  static boolean allowedOnError(
      RequestHead request, StoredResponse stored, CachePolicy policy, Instant now) {
    Duration asked = Requests.staleIfError(request).orElse(Duration.ZERO);
    Duration limit = longer(asked, onError(stored, policy));
    return !limit.isZero()
        && !isForbidden(stored, policy)
        && of(stored, policy, now).compareTo(limit) < 0;
  }

  /** For how long it can be of use once stale without being validated. */
  static Duration longest(StoredResponse stored, CachePolicy policy) {
    return isForbidden(stored, policy)
        ? Duration.ZERO
        : longer(whileRevalidating(stored, policy), onError(stored, policy));
  }

  private static Duration whileRevalidating(StoredResponse stored, CachePolicy policy) {
    return window(stored, policy, "stale-while-revalidate", policy.staleWhileRevalidate());
  }

  private static Duration onError(StoredResponse stored, CachePolicy policy) {
    return window(stored, policy, "stale-if-error", policy.staleIfError());
  }

  private static Duration window(
      StoredResponse stored, CachePolicy policy, String directive, Duration configured) {
    var seconds = policy.directivesOf(stored.head().fields()).seconds(directive);
    return seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : configured;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
