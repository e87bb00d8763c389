package dev.holdfast.policy;

import dev.holdfast.http.CacheControl;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a shared cache stores a response (RFC 9111 §3): yes, for how long, or why not.
 *
 * @param reason why not, or {@code null}
 * @param keepFor how long the response is of use after it arrived; zero if it is not stored
 */
public record Storability(@Nullable NotStorable reason, Duration keepFor) {

  /** How long a stale response is kept whose freshness the origin can renew. */
  static final Duration KEPT_STALE = Duration.ofDays(1);

  /** More nominated fields than this are not kept apart. */
  static final int MAX_VARY_NAMES = 8;

  /** Stored without explicit freshness (RFC 9110 §15.1), 206 apart; 405, 414 and 501 are not. */
  private static final Set<Integer> HEURISTIC = Set.of(200, 203, 204, 300, 301, 308, 404, 410);

  /** Parts, answers to conditions, and what a malformed request provokes. */
  private static final Set<Integer> NEVER = Set.of(206, 304, 400, 413, 416, 431);

  private static final String EVENT_STREAM = "text/event-stream";

  /** Whether any response to that request could be stored. */
  public static boolean couldStore(RequestHead request) {
    return refusalByRequest(request) == null;
  }

  /** Whether the response may be stored. */
  public boolean allowed() {
    return reason == null;
  }

  /** Whether a stored response that was just validated may stay, fresh or not. */
  static boolean mayStay(RequestHead request, StoredResponse validated, CachePolicy policy) {
    return refusal(request, validated.head(), policy) == null;
  }

  /** How long a response is of use after it arrived: as long as it is fresh, or can be renewed. */
  public static Duration keepFor(StoredResponse response, CachePolicy policy) {
    Duration ttl = Freshness.ttl(response, policy, response.responseTime());
    Duration fresh = ttl.isNegative() ? Duration.ZERO : ttl;
    return Validation.isPossible(response) ? fresh.plus(KEPT_STALE) : fresh;
  }

  /** The verdict on the response to that request. */
  public static Storability judge(
      RequestHead request, StoredResponse response, CachePolicy policy) {
    NotStorable reason = refusal(request, response.head(), policy);
    if (reason == null) {
      reason = refusalByFreshness(response, policy);
    }
    return reason == null
        ? new Storability(null, keepFor(response, policy))
        : new Storability(reason, Duration.ZERO);
  }

  private static @Nullable NotStorable refusal(
      RequestHead request, ResponseHead response, CachePolicy policy) {
    NotStorable byRequest = refusalByRequest(request);
    if (byRequest != null) {
      return byRequest;
    }
    NotStorable byDirective = refusalByDirective(policy.directivesOf(response.fields()));
    if (byDirective != null) {
      return byDirective;
    }
    if (NEVER.contains(response.status()) || response.status() < 200) {
      return NotStorable.STATUS;
    }
    if (isEventStream(response)) {
      return NotStorable.EVENT_STREAM;
    }
    NotStorable byCredentials = refusalByCredentials(request, response, policy);
    return byCredentials != null ? byCredentials : refusalByVary(response);
  }

  private static @Nullable NotStorable refusalByRequest(RequestHead request) {
    if (!request.method().equals("GET")) {
      return NotStorable.METHOD;
    }
    if (CacheControl.ofRequest(request.fields()).has("no-store")) {
      return NotStorable.REQUEST_NO_STORE;
    }
    return Requests.asksForLessThanTheWhole(request) ? NotStorable.PARTIAL_REQUEST : null;
  }

  private static @Nullable NotStorable refusalByDirective(CacheControl directives) {
    if (directives.has("no-store")) {
      return NotStorable.NO_STORE;
    }
    if (directives.has("private")) {
      return NotStorable.PRIVATE;
    }
    return directives.has("no-cache") ? NotStorable.NO_CACHE : null;
  }

  /** The media type decides, without its parameters (RFC 9110 §8.3.1). */
  private static boolean isEventStream(ResponseHead response) {
    return response.fields().all("Content-Type").stream()
        .map(type -> type.split(";", 2)[0].strip())
        .anyMatch(EVENT_STREAM::equalsIgnoreCase);
  }

  /** RFC 9111 §3.5, and the same for cookies where the policy says so. */
  private static @Nullable NotStorable refusalByCredentials(
      RequestHead request, ResponseHead response, CachePolicy policy) {
    if (policy.privateCookies() && response.fields().contains("Set-Cookie")) {
      return NotStorable.SET_COOKIE;
    }
    CacheControl directives = policy.directivesOf(response.fields());
    boolean shareable =
        directives.has("public") || directives.has("s-maxage") || directives.has("must-revalidate");
    if (!shareable && request.fields().contains("Authorization")) {
      return NotStorable.AUTHORIZATION;
    }
    boolean withCookie = policy.privateCookies() && request.fields().contains("Cookie");
    return !shareable && withCookie ? NotStorable.COOKIE : null;
  }

  private static @Nullable NotStorable refusalByVary(ResponseHead response) {
    if (Selecting.matchesNothing(response.fields())) {
      return NotStorable.VARY_STAR;
    }
    long names = response.fields().members("Vary").stream().distinct().count();
    return names > MAX_VARY_NAMES ? NotStorable.VARY_TOO_WIDE : null;
  }

  private static @Nullable NotStorable refusalByFreshness(
      StoredResponse response, CachePolicy policy) {
    boolean explicit = Freshness.explicitLifetime(response, policy).isPresent();
    boolean configured = isHeuristic(response.head().status()) && isConfigured(policy);
    if (!explicit && !configured) {
      return NotStorable.NO_FRESHNESS;
    }
    boolean fresh = Freshness.isFresh(response, policy, response.responseTime());
    return fresh ? null : NotStorable.STALE;
  }

  /** Whether the status may be stored without explicit freshness. */
  static boolean isHeuristic(int status) {
    return HEURISTIC.contains(status);
  }

  private static boolean isConfigured(CachePolicy policy) {
    return policy.overrideTtl() != null || !policy.defaultTtl().isZero();
  }
}
