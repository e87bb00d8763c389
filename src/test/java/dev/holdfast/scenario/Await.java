package dev.holdfast.scenario;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for states that show only by looking, such as the application's own gauges. */
final class Await {

  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(2).toNanos();

  private Await() {}

  /**
   * Returns once the condition holds; an {@link AssertionError} naming it after {@link
   * Limit#SAFETY}.
   */
  static void until(BooleanSupplier condition, String what) {
    until(condition, what, Limit.SAFETY);
  }

  static void until(BooleanSupplier condition, String what, Duration limit) {
    var begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new AssertionError("not so within " + limit + ": " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
