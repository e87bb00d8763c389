package dev.holdfast.policy;

import dev.holdfast.http.NotStorable;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.StoredResponse;
import org.jspecify.annotations.Nullable;

/** Whether a response fetched for one caller may be given to another that was collapsed with it. */
public final class Sharing {

  private Sharing() {}

  /**
   * Whether the joiner may have the response: it is shareable, and the request selects it (§4.1).
   *
   * @param refusal why the response is not storable, or {@code null}
   */
  public static boolean allows(
      @Nullable NotStorable refusal, StoredResponse response, RequestHead joiner) {
    return isShareable(refusal, response) && response.selecting().matches(joiner.fields());
  }

  /**
   * Whether the response is nobody's own: it may be stored (RFC 9111 §3), or it is a server's error
   * that only lacks freshness; then one call to a failing origin answers a whole wave of callers.
   */
  public static boolean isShareable(@Nullable NotStorable refusal, StoredResponse response) {
    boolean lacksFreshness = refusal == NotStorable.NO_FRESHNESS || refusal == NotStorable.STALE;
    return refusal == null || (lacksFreshness && response.head().status() >= 500);
  }
}
