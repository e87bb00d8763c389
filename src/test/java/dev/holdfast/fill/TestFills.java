package dev.holdfast.fill;

import dev.holdfast.config.Origins;
import dev.holdfast.config.Time;
import dev.holdfast.origin.Receiver;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Store;
import dev.holdfast.testing.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import reactor.core.scheduler.Scheduler;

/** Fills for tests of other rooms. */
public final class TestFills {

  /** Whoever counts nothing. */
  public static final FillObserver UNOBSERVED =
      new FillObserver() {
        @Override
        public void began(String origin) {}

        @Override
        public void ended(String origin, FillOutcome outcome, Duration took) {}
      };

  static final FillsWithoutCallers BOUNDLESS = new FillsWithoutCallers(name -> Integer.MAX_VALUE);

  private TestFills() {}

  /** Fills over that store. */
  public static Fills create(Store store, Clock clock, FillObserver observer) {
    return new Fills(store, new BodyMemory(1_000_000), Times.by(clock), observer, BOUNDLESS);
  }

  /** Loads over that store, of those origins' caches. */
  public static Loads loads(Store store, Origins origins, Scheduler timer) {
    return new Loads(store, origins, timer);
  }

  /** What an operator sees of the fill that an origin was given as a receiver. */
  public static RunningFill seen(Receiver fill) {
    return ((Fill) fill).snapshot(Instant.EPOCH);
  }

  /** Whether a fill that an origin was given as a receiver is on nobody's behalf from the start. */
  public static boolean isBackground(Receiver fill) {
    return ((Fill) fill).isBackground();
  }

  /**
   * Fills over that store and that memory, by that time.
   *
   * @param maxWithoutCallers how many may run for nobody
   */
  public static Fills create(
      Store store, BodyMemory memory, Time time, FillObserver observer, int maxWithoutCallers) {
    FillsWithoutCallers bounded = new FillsWithoutCallers(name -> maxWithoutCallers);
    return new Fills(store, memory, time, observer, bounded);
  }
}
