package dev.holdfast.fill;

import dev.holdfast.http.ResponseHead;
import dev.holdfast.policy.Invalidation;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import java.util.ArrayList;
import java.util.List;

/** What a request that is not safe makes unusable of that which is stored (RFC 9111 §4.4). */
final class Aftermath {

  private final Ask ask;
  private final Store store;

  Aftermath(Ask ask, Store store) {
    this.ask = ask;
    this.store = store;
  }

  /** Whether the request may change anything at the origin. */
  boolean isPossible() {
    return Invalidation.isUnsafe(ask.request());
  }

  /**
   * Makes unusable what the request has changed, as its response's head says.
   *
   * <p>The response itself is from after that. It goes by a reading of its own, unless anything was
   * invalidated since the request was sent: that may have been meant for it, too (law 2).
   *
   * @param reading by the store's clock, when the fetch began
   * @param invalidations how many had ended when the fetch began
   * @return the reading that the response goes by
   */
  long of(ResponseHead head, long reading, long invalidations) {
    if (!isPossible() || !Invalidation.isDueTo(head)) {
      return reading;
    }
    List<Scope> scopes = new ArrayList<>();
    scopes.add(new Scope.Target(ask.key().target()));
    Invalidation.namedTargets(ask.origin().baseUrl(), ask.request(), head)
        .forEach(target -> scopes.add(new Scope.Target(target)));
    long own = store.invalidateAlone(ask.key().cache(), scopes, invalidations);
    return own == 0 ? reading : own;
  }

  /** The origin may have done what it was asked for, and nobody will know. */
  void unknown() {
    if (isPossible()) {
      store.invalidate(ask.key().cache(), new Scope.Target(ask.key().target()));
    }
  }
}
