package dev.holdfast.policy;

import dev.holdfast.http.CacheControl;
import dev.holdfast.http.Fields;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a response fetched for one caller may be given to another that was collapsed with it. */
public final class Sharing {

  private Sharing() {}

  /**
   * Whether the joiner may have the response: it is shareable, the request selects it (§4.1), and
   * it is what the request accepts without another fetch (§4, "collapse requests").
   *
   * @param refusal why the response is not storable, or {@code null}
   */
  public static boolean allows(
      @Nullable NotStorable refusal,
      StoredResponse response,
      RequestHead joiner,
      CachePolicy policy,
      Instant now) {
    return isShareable(refusal, response)
        && response.selecting().matches(joiner.fields())
        && (refusal != null || Reuse.isUsable(joiner, response, policy, now));
  }

  /**
   * Whether the response is nobody's own: it may be stored (RFC 9111 §3), or it is a server's error
   * that only lacks freshness; then one call to a failing origin answers a whole wave of callers.
   */
  public static boolean isShareable(@Nullable NotStorable refusal, StoredResponse response) {
    boolean ofAnError =
        refusal == NotStorable.NO_FRESHNESS
            || refusal == NotStorable.STALE
            || refusal == NotStorable.STALE_IF_ERROR;
    return refusal == null || (ofAnError && response.head().status() >= 500);
  }

  /**
   * Whether others may wait for what is fetched for the request: they must not for what its
   * credentials bring, before the origin's word is known that all may have that (RFC 9111 §3.5).
   *
   * @param stored what the request selects: the origin's last word; or {@code null}
   */
  static boolean mayBeJoined(
      RequestHead request, @Nullable StoredResponse stored, CachePolicy policy) {
    return !hasCredentials(request, policy)
        || (stored != null && Storability.isForAll(stored.head(), policy));
  }

  /**
   * Whether what kept one response of a target from being stored is expected to keep the request's:
   * what another's credentials were answered says nothing about who has none.
   */
  public static boolean concerns(NotStorable refusal, RequestHead request, CachePolicy policy) {
    return !refusal.isByCredentials() || hasCredentials(request, policy);
  }

  private static boolean hasCredentials(RequestHead request, CachePolicy policy) {
    return Storability.isAuthorized(request, policy) || Storability.hasCookie(request, policy);
  }

  /** Whether a storable response answers any other request without being validated. */
  public static boolean isUsableByOthers(StoredResponse response, CachePolicy policy) {
    return !Reuse.needsValidation(response, policy)
        && Freshness.isFresh(response, policy, response.responseTime());
  }

  /**
   * The head as anybody but who fetched it may see it: without the fields that {@code private} and
   * {@code no-cache} name (§5.2.2.4, §5.2.2.7), and without {@code Trailer}: trailer fields are
   * discarded (§3.1).
   */
  public static ResponseHead shared(ResponseHead head, CachePolicy policy) {
    CacheControl directives = policy.directivesOf(head.fields());
    Set<String> own = new HashSet<>(directives.fieldNames("private"));
    own.addAll(directives.fieldNames("no-cache"));
    own.add("trailer");
    if (own.stream().noneMatch(head.fields()::contains)) {
      return head;
    }
    Fields shared = head.fields().without(own);
    return new ResponseHead(head.status(), head.reason(), shared, head.version());
  }
}
