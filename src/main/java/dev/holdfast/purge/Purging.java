package dev.holdfast.purge;

import dev.holdfast.config.Time;
import dev.holdfast.http.TargetPath;
import dev.holdfast.service.CachedOrigin;
import dev.holdfast.service.CachedOrigins;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Carries purges out: each is a mark, or one for each tag, that whoever joins, stores or looks up
 * compares with (law 2).
 */
@Component
public final class Purging {

  private static final Logger log = LoggerFactory.getLogger(Purging.class);

  private final Store store;
  private final CachedOrigins origins;
  private final Refreshing refreshing;
  private final Time time;

  Purging(Store store, CachedOrigins origins, Refreshing refreshing, Time time) {
    this.store = store;
    this.origins = origins;
    this.refreshing = refreshing;
    this.time = time;
  }

  /** Whether there is an origin of that name. */
  public boolean knows(String origin) {
    return origins.isDeclared(origin);
  }

  /**
   * Carries it out. When this returns, no request that comes is answered with what was fetched
   * before; after a soft one, not as if that were fresh.
   *
   * @param token the beginning of the hash of the one that allows it
   */
  public Purged carryOut(Purge purge, String token) {
    String path = purge.path();
    Purged purged =
        path == null
            ? new Purged(purge, null)
            : new Purged(purge, ofTarget(origins.of(purge.origin(), path), path, purge));
    purge.scopesWithoutPath().forEach(scope -> mark(purge, scope));
    log.info("event=purge token={} {}", token, described(purged));
    return purged;
  }

  /** Returns how many stored responses it was about. */
  private int ofTarget(CachedOrigin origin, String path, Purge purge) {
    String keyed = origin.keys().targetOf(path);
    List<Entry> hit = store.ofTarget(purge.origin(), keyed);
    mark(purge, new Scope.Target(keyed));
    if (purge.refresh()) {
      refreshing.refresh(origin, path, hit);
    }
    return hit.size();
  }

  private void mark(Purge purge, Scope scope) {
    switch (purge.mode()) {
      case INVALIDATE -> store.invalidate(purge.origin(), scope);
      case SOFT -> store.soften(purge.origin(), scope, time.now());
    }
  }

  /** In the words of the request, but for a query. */
  private static String described(Purged purged) {
    Purge purge = purged.purge();
    StringBuilder text = new StringBuilder("origin=").append(purge.origin());
    if (purge.path() != null) {
      text.append(" path=").append(TargetPath.of(purge.path()));
    } else if (purge.prefix() != null) {
      text.append(" prefix=").append(purge.prefix());
    } else if (purge.tags() != null) {
      text.append(" tags=").append(purge.tags());
    }
    text.append(" mode=").append(purge.mode().token());
    if (purge.refresh()) {
      text.append(" refresh");
    }
    return purged.hit() == null ? text.toString() : text.append(" hit=" + purged.hit()).toString();
  }
}
