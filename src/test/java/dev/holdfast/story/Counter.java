package dev.holdfast.story;

import java.time.Duration;
import java.util.function.IntPredicate;

/** A count that a test can wait for. */
class Counter {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String what;
  private int count;

  Counter(String what) {
    this.what = what;
  }

  synchronized void add(int difference) {
    count += difference;
    notifyAll();
  }

  synchronized int get() {
    return count;
  }

  synchronized void await(IntPredicate enough) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!enough.test(count)) {
      var leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new AssertionError(what + " stayed at " + count);
      }
      try {
        wait(leftMillis);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }
}
