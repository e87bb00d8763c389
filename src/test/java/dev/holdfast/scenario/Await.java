package dev.holdfast.scenario;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** Waits for states that show only by looking, such as the application's own gauges. */
final class Await {

  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(2).toNanos();

  private static final int STEADY_LOOKS = 50;

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

  /**
   * Returns once the value stays the same for a while: for what shows in no other way that it has
   * come to rest. A test may only grow weaker by returning too early.
   */
  static void untilSteady(DoubleSupplier value) {
    var last = value.getAsDouble();
    for (int looks = 0; looks < STEADY_LOOKS; looks++) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      var now = value.getAsDouble();
      looks = now == last ? looks : 0;
      last = now;
    }
  }
}
