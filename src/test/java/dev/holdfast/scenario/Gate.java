package dev.holdfast.scenario;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A barrier that opens once and stays open. */
final class Gate {

  private final CountDownLatch latch = new CountDownLatch(1);

  void open() {
    latch.countDown();
  }

  /** Returns once the gate is open; an {@link AssertionError} after {@link Limit#SAFETY}. */
  void await() {
    try {
      if (!latch.await(Limit.SAFETY.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("gate still shut after " + Limit.SAFETY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at a gate", e);
    }
  }
}
