package dev.holdfast.policy;

import dev.holdfast.http.Forwarded;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.StoredResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a stored response answers a request, and what happens where it does not (RFC 9111 §4).
 */
public final class Reuse {

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
    boolean isGet = request.method().equals("GET");
    if (!isGet && !request.method().equals("HEAD")) {
      return new Decision.Pass(Forwarded.METHOD);
    }
    boolean needsTheOrigin =
        Requests.asksForLessThanTheWhole(request) || Requests.asksForTheOrigin(request);
    boolean fresh = stored != null && Freshness.isFresh(stored, policy, now);
    if (stored != null && fresh && !needsTheOrigin) {
      return new Decision.Serve(
          Freshness.currentAge(stored, now), Freshness.ttl(stored, policy, now));
    }
    Forwarded why = fresh ? Forwarded.REQUEST : missReason(stored, hasVariants);
    if (needsTheOrigin || knownNotStorable) {
      return new Decision.Pass(why);
    }
    boolean storesNothing = !isGet || Requests.forbidsStoring(request);
    if (storesNothing) {
      return new Decision.JoinOrPass(why);
    }
    return new Decision.Join(why, stored != null && Validation.isPossible(stored));
  }

  private static Forwarded missReason(@Nullable StoredResponse stored, boolean hasVariants) {
    if (stored != null) {
      return Forwarded.STALE;
    }
    return hasVariants ? Forwarded.VARY_MISS : Forwarded.URI_MISS;
  }
}
