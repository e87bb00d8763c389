package dev.holdfast.policy;

import dev.holdfast.http.Forwarded;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.StoredResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a stored response answers a request, and what happens where it does not (RFC 9111 §4).
 *
 * <p>It is a ladder, on which a request goes down while it finds nothing. {@link #decide}: what is
 * stored and fresh; what is stale, while it is fetched anew; a fetch, joined where one is under
 * way. {@link #onError}, whatever keeps that from answering in time, an error, the caller's
 * patience, a limit: what is stale; and where that returns nothing, the error itself.
 */
public final class Reuse {

  /** What the decision rests on. */
  private record Case(
      RequestHead request, @Nullable StoredResponse stored, CachePolicy policy, Instant now) {}

  private Reuse() {}

  /**
   * The decision on one request.
   *
   * @param stored the stored response that the request selects, or {@code null}
   * @param hasVariants whether other responses of the same target are stored
   * @param knownNotStorable whether a response of this target was lately found not storable
   */
  public static Decision decide(
      RequestHead request,
      @Nullable StoredResponse stored,
      boolean hasVariants,
      boolean knownNotStorable,
      CachePolicy policy,
      Instant now) {
    if (!request.isGetOrHead()) {
      return new Decision.Pass(Forwarded.METHOD, false, true);
    }
    boolean forTheOrigin = Preconditions.areForTheOrigin(request);
    Case given = new Case(request, stored, policy, now);
    if (stored != null && !forTheOrigin) {
      if (isUsable(given.request, stored, policy, now)) {
        return serve(stored, policy, now, false, false);
      }
      if (isUsableWhileRevalidating(given, stored)) {
        return serve(stored, policy, now, true, couldRenew(given));
      }
    }
    if (Requests.allowsNothingButTheCache(request)) {
      return new Decision.Refuse();
    }
    return forward(given, why(given, hasVariants), forTheOrigin, knownNotStorable);
  }

  /** The decision on a request whose path is kept out of the cache, which thus has nothing. */
  public static Decision bypass(RequestHead request) {
    return request.isGetOrHead() && Requests.allowsNothingButTheCache(request)
        ? new Decision.Refuse()
        : new Decision.Pass(Forwarded.BYPASS, false, true);
  }

  private static Decision.Forward forward(
      Case given, Forwarded why, boolean forTheOrigin, boolean knownNotStorable) {
    RequestHead request = given.request;
    StoredResponse stored = given.stored;
    boolean forTheWhole = request.method().equals("GET") && !Requests.asksForAPart(request);
    boolean canStore = Storability.couldStore(request);
    boolean validate = canStore && stored != null && mayBeValidated(given, stored);
    if (forTheOrigin) {
      return new Decision.Pass(why, false, true);
    }
    if (Requests.asksForTheOrigin(request) || Requests.acceptsNoAge(request) || knownNotStorable) {
      return new Decision.Pass(why, validate, !validate && (!forTheWhole || knownNotStorable));
    }
    if (!canStore || !(forTheWhole || validate)) {
      return new Decision.JoinOrPass(new Decision.Pass(why, false, true));
    }
    if (validate && isAlwaysValidated(stored, given.policy)) {
      return new Decision.Pass(why, true, false);
    }
    if (!Sharing.mayBeJoined(request, stored, given.policy)) {
      return new Decision.JoinOrPass(new Decision.Pass(why, false, false));
    }
    return new Decision.Join(why, validate || (stored != null && Combination.lacksTheRest(stored)));
  }

  /** Whether a fetch for the request may bring what takes the stale response's place. */
  private static boolean couldRenew(Case given) {
    return Storability.couldStore(given.request)
        && Sharing.mayBeJoined(given.request, given.stored, given.policy);
  }

  /** Not by a request, such as one with credentials, whose 304 could not freshen it (§3.5). */
  private static boolean mayBeValidated(Case given, StoredResponse stored) {
    return Validation.isPossible(stored)
        && Storability.mayStay(given.request.withMethod("GET"), stored, given.policy);
  }

  /** Whether no other request's validation counts for one: nothing makes it fresh. */
  private static boolean isAlwaysValidated(@Nullable StoredResponse stored, CachePolicy policy) {
    return stored != null
        && (needsValidation(stored, policy)
            || Freshness.freshnessLifetime(stored, policy).compareTo(Duration.ZERO) <= 0);
  }

  private static Decision.Serve serve(
      StoredResponse stored,
      CachePolicy policy,
      Instant now,
      boolean whileRevalidating,
      boolean refresh) {
    Duration age = Freshness.currentAge(stored, now);
    return new Decision.Serve(age, Freshness.ttl(stored, policy, now), whileRevalidating, refresh);
  }

  /**
   * Whether the response answers the request as it is: fresh, or as stale as the request accepts
   * (§4), and not older than it accepts (§5.2.1).
   */
  static boolean isUsable(
      RequestHead request, StoredResponse response, CachePolicy policy, Instant now) {
    if (Requests.asksForTheOrigin(request)
        || needsValidation(response, policy)
        || !Ranges.areIn(response.head(), request)) {
      return false;
    }
    Duration ttl = Freshness.ttl(response, policy, now);
    Duration needed = Requests.minFresh(request).orElse(Duration.ZERO);
    boolean freshEnough = ttl.compareTo(Duration.ZERO) > 0 && ttl.compareTo(needed) >= 0;
    return isYoungEnough(request, response, now)
        && (freshEnough
            || (needed.isZero() && Staleness.allowedByRequest(request, response, policy, now)));
  }

  private static boolean isUsableWhileRevalidating(Case given, StoredResponse stored) {
    return !Requests.asksForTheOrigin(given.request)
        && stored.head().status() != 206 // the whole would be fetched for a part
        && !Requests.limitsAge(given.request)
        && isYoungEnough(given.request, stored, given.now)
        && !Freshness.isFresh(stored, given.policy, given.now)
        && Staleness.allowedWhileRevalidating(stored, given.policy, given.now);
  }

  private static boolean isYoungEnough(RequestHead request, StoredResponse response, Instant now) {
    Duration age = Freshness.currentAge(response, now);
    return Requests.maxAge(request).filter(limit -> age.compareTo(limit) > 0).isEmpty();
  }

  /**
   * Whether the stored response answers a request whose fetch has failed (RFC 5861 §4).
   *
   * @return {@code null} if it does not
   */
  public static Decision.@Nullable Serve onError(
      RequestHead request, StoredResponse stored, CachePolicy policy, Instant now) {
    boolean allowed =
        request.isGetOrHead()
            && !Preconditions.areForTheOrigin(request)
            && Ranges.areIn(stored.head(), request)
            && !Requests.asksForTheOrigin(request)
            && Staleness.allowedOnError(request, stored, policy, now);
    return allowed ? serve(stored, policy, now, false, false) : null;
  }

  /** {@code no-cache} without field names: never without successful validation (§5.2.2.4). */
  static boolean needsValidation(StoredResponse response, CachePolicy policy) {
    return policy.directivesOf(response.head().fields()).isUnqualified("no-cache");
  }

  private static Forwarded why(Case given, boolean hasVariants) {
    StoredResponse stored = given.stored;
    if (stored == null) {
      return hasVariants ? Forwarded.VARY_MISS : Forwarded.URI_MISS;
    }
    boolean fresh =
        Freshness.isFresh(stored, given.policy, given.now)
            && !needsValidation(stored, given.policy);
    if (!fresh) {
      return Forwarded.STALE;
    }
    return Ranges.areIn(stored.head(), given.request) ? Forwarded.REQUEST : Forwarded.PARTIAL;
  }
}
