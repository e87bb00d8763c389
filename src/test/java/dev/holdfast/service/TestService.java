package dev.holdfast.service;

import dev.holdfast.config.Time;
import dev.holdfast.fill.Fills;
import dev.holdfast.store.Store;
import reactor.core.scheduler.Scheduler;

/** The service for tests of other rooms. */
public final class TestService {

  private TestService() {}

  /** The service over that store and those fills, by that time. */
  public static CacheService create(
      Store store,
      Fills fills,
      Time time,
      Scheduler timer,
      RequestObserver observer,
      int maxWaiting,
      WaitingObserver waiting) {
    WaitingCallers callers = new WaitingCallers(maxWaiting, waiting);
    return new CacheService(store, fills, time, timer, observer, callers);
  }
}
