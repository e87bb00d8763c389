package dev.holdfast.policy;

import dev.holdfast.http.CacheControl;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import java.net.URI;
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

  /** How long a stale response is kept that can be validated, or used as it is. */
  static final Duration KEPT_STALE = Duration.ofDays(1);

  /** More nominated fields than this are not kept apart. */
  static final int MAX_VARY_NAMES = 8;

  /** Stored without explicit freshness (RFC 9110 §15.1); 405, 414 and 501 are not. */
  private static final Set<Integer> HEURISTIC = Set.of(200, 203, 204, 206, 300, 301, 308, 404, 410);

  /** Answers to conditions, and what a malformed request provokes. */
  private static final Set<Integer> NEVER = Set.of(304, 400, 413, 416, 431);

  /** The final statuses that RFC 9110 §15 defines, the ones above apart (§5.2.2.3). */
  private static final Set<Integer> UNDERSTOOD =
      Set.of(
          200, 201, 202, 203, 204, 205, 206, 300, 301, 302, 303, 307, 308, 401, 402, 403, 404, 405,
          406, 407, 408, 409, 410, 411, 412, 414, 415, 417, 421, 422, 426, 500, 501, 502, 503, 504,
          505);

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

  /**
   * How long a response is of use after it arrived: as long as it is fresh, can be validated, or
   * may be used stale.
   */
  public static Duration keepFor(StoredResponse response, CachePolicy policy) {
    Duration ttl = Freshness.ttl(response, policy, response.responseTime());
    Duration fresh = ttl.isNegative() ? Duration.ZERO : ttl;
    Duration stale = Staleness.longest(response, policy);
    boolean ofUse = Validation.isPossible(response) || !Staleness.isForbidden(response, policy);
    return fresh.plus(ofUse && stale.compareTo(KEPT_STALE) < 0 ? KEPT_STALE : stale);
  }

  /**
   * The verdict on the response to that request.
   *
   * @param baseUrl the origin's, without a trailing slash
   */
  public static Storability judge(
      RequestHead request, StoredResponse response, URI baseUrl, CachePolicy policy) {
    boolean explicit = Freshness.explicitLifetime(response, policy).isPresent();
    boolean asGet = Invalidation.isStorablePost(baseUrl, request, response.head(), explicit);
    return judge(asGet ? request.withMethod("GET") : request, response, policy);
  }

  /** The verdict on the response to that request, which no {@code POST} is stored by. */
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
    NotStorable byDirective =
        refusalByDirective(policy.directivesOf(response.fields()), response.status());
    if (byDirective != null) {
      return byDirective;
    }
    if (NEVER.contains(response.status()) || response.status() < 200) {
      return NotStorable.STATUS;
    }
    if (isEventStream(response)) {
      return NotStorable.EVENT_STREAM;
    }
    NotStorable byPart = refusalByPart(request, response);
    if (byPart != null) {
      return byPart;
    }
    NotStorable byCredentials = refusalByCredentials(request, response, policy);
    return byCredentials != null ? byCredentials : refusalByVary(response);
  }

  private static @Nullable NotStorable refusalByRequest(RequestHead request) {
    if (!request.method().equals("GET")) {
      return NotStorable.METHOD;
    }
    if (Requests.forbidsStoring(request)) {
      return NotStorable.REQUEST_NO_STORE;
    }
    return Preconditions.areForTheOrigin(request) ? NotStorable.PARTIAL_REQUEST : null;
  }

  private static @Nullable NotStorable refusalByDirective(CacheControl directives, int status) {
    boolean understood = UNDERSTOOD.contains(status);
    if (directives.has("must-understand") ? !understood : directives.has("no-store")) {
      return NotStorable.NO_STORE;
    }
    return directives.isUnqualified("private") ? NotStorable.PRIVATE : null;
  }

  /**
   * A part is stored that was asked for and can be put together with others (RFC 9111 §3.3, §3.4).
   * What else than the whole a request for a part is answered with may be due to that.
   */
  private static @Nullable NotStorable refusalByPart(RequestHead request, ResponseHead response) {
    boolean asked = Requests.asksForAPart(request);
    if (response.status() == 206) {
      boolean possible = asked && Combination.isPossible(response);
      return possible ? null : NotStorable.PARTIAL_RESPONSE;
    }
    return asked && response.status() != 200 ? NotStorable.PARTIAL_REQUEST : null;
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
    if (isForAll(response, policy)) {
      return null;
    }
    if (isAuthorized(request, policy)) {
      return NotStorable.AUTHORIZATION;
    }
    return hasCookie(request, policy) ? NotStorable.COOKIE : null;
  }

  /** Whether the origin says that all may have what credentials are answered with (§3.5). */
  static boolean isForAll(ResponseHead response, CachePolicy policy) {
    CacheControl directives = policy.directivesOf(response.fields());
    return directives.has("public")
        || directives.has("s-maxage")
        || directives.has("must-revalidate");
  }

  /** Whether the request has an {@code Authorization} that does not keep its key apart. */
  static boolean isAuthorized(RequestHead request, CachePolicy policy) {
    return request.fields().contains("Authorization") && !policy.credentialsInKey();
  }

  /** Whether the request has a {@code Cookie}, and the policy takes that for credentials. */
  static boolean hasCookie(RequestHead request, CachePolicy policy) {
    return request.fields().contains("Cookie") && policy.privateCookies();
  }

  private static @Nullable NotStorable refusalByVary(ResponseHead response) {
    if (Selecting.matchesNothing(response.fields())) {
      return NotStorable.VARY_STAR;
    }
    long names = response.fields().members("Vary").stream().distinct().count();
    return names > MAX_VARY_NAMES ? NotStorable.VARY_TOO_WIDE : null;
  }

  /**
   * A response is stored that says how long it is fresh, or whose status or {@code public} leaves
   * that to the cache (§3), if it is fresh or can be made so, or may be used stale.
   */
  private static @Nullable NotStorable refusalByFreshness(
      StoredResponse response, CachePolicy policy) {
    boolean canBeValidated = Validation.isPossible(response);
    if (Reuse.needsValidation(response, policy) && !canBeValidated) {
      return NotStorable.NO_CACHE;
    }
    boolean explicit = Freshness.explicitLifetime(response, policy).isPresent();
    if (!explicit && !isHeuristic(response, policy)) {
      return NotStorable.NO_FRESHNESS;
    }
    boolean fresh = Freshness.isFresh(response, policy, response.responseTime());
    if (fresh || canBeValidated || !Staleness.longest(response, policy).isZero()) {
      return null;
    }
    return explicit || isConfigured(policy) ? NotStorable.STALE : NotStorable.NO_FRESHNESS;
  }

  /** Whether it may be stored without explicit freshness (§3, §4.2.2). */
  static boolean isHeuristic(StoredResponse response, CachePolicy policy) {
    return isHeuristic(response.head().status())
        || policy.directivesOf(response.head().fields()).has("public");
  }

  /** Whether the status may be stored without explicit freshness (RFC 9110 §15.1). */
  static boolean isHeuristic(int status) {
    return HEURISTIC.contains(status);
  }

  private static boolean isConfigured(CachePolicy policy) {
    return policy.overrideTtl() != null || !policy.defaultTtl().isZero();
  }
}
