package dev.holdfast.service;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.RequestHead;
import dev.holdfast.origin.Origin;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.policy.KeyPolicy;
import dev.holdfast.policy.Terms;
import java.time.Duration;

/**
 * One origin with what holds for the requests of some path: how they are fetched, keyed and stored,
 * as the first rule says that is about the path.
 *
 * @param origin fetches with the path's own time-out
 * @param callerTimeout how long a caller waits for the head
 */
public record CachedOrigin(
    OriginSettings settings, Origin origin, Duration callerTimeout, KeyPolicy keys, Terms terms) {

  /** An origin without rules, whose targets are the keys. */
  public CachedOrigin(OriginSettings settings, Origin origin, CachePolicy policy) {
    this(
        settings,
        origin,
        settings.callerTimeout(),
        KeyPolicy.BY_TARGET,
        Terms.same(policy, settings.policy().maxStoredBodyBytes()));
  }

  /** What holds for a response of that status. */
  public CachePolicy policyFor(int status) {
    return terms.policyFor(status);
  }

  /** Whether nothing is looked up or stored. */
  public boolean bypass() {
    return terms.bypass();
  }

  /** The key of a request for something of this origin. */
  public CacheKey keyOf(RequestHead request) {
    return keys.keyOf(settings.name(), request);
  }
}
