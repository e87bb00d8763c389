package dev.holdfast.service;

import dev.holdfast.fill.Fills;
import dev.holdfast.store.Store;
import java.time.Clock;
import reactor.core.scheduler.Scheduler;

/** The service for tests of other rooms. */
public final class TestService {

  private TestService() {}

  /** The service over that store and those fills, by that time. */
  public static CacheService create(
      Store store,
      Fills fills,
      Clock clock,
      Scheduler timer,
      RequestObserver observer,
      int maxWaiting,
      WaitingObserver waiting) {
    WaitingCallers callers = new WaitingCallers(maxWaiting, waiting);
    return new CacheService(store, fills, clock, timer, observer, callers);
  }
}
