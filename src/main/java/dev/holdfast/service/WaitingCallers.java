package dev.holdfast.service;

import dev.holdfast.config.HoldfastProperties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The callers that wait for a head, of all origins together: never more than {@code max}. */
@Component
final class WaitingCallers {

  private final int max;
  private final WaitingObserver observer;
  private final AtomicInteger waiting = new AtomicInteger();

  @Autowired
  WaitingCallers(HoldfastProperties properties, WaitingObserver observer) {
    this(properties.callers().maxWaiting(), observer);
  }

  WaitingCallers(int max, WaitingObserver observer) {
    this.max = max;
    this.observer = observer;
  }

  /** A place for one caller, not yet taken. */
  Place place(String origin) {
    return new Place(origin);
  }

  /** One caller's place; whoever takes it gives it back in the end, whatever happens. */
  final class Place {
    private final String origin;
    private final AtomicBoolean taken = new AtomicBoolean();

    private Place(String origin) {
      this.origin = origin;
    }

    /** Takes the place, for the only time; {@code false} if as many wait as may. */
    boolean take() {
      int before = waiting.getAndUpdate(count -> count < max ? count + 1 : count);
      if (before >= max) {
        observer.refused(origin);
        return false;
      }
      taken.set(true);
      observer.began(origin);
      return true;
    }

    /** Gives the place back, if it is taken. */
    void giveBack() {
      if (taken.compareAndSet(true, false)) {
        observer.ended(origin); // first, so that it never sees more than max
        waiting.decrementAndGet();
      }
    }
  }
}
