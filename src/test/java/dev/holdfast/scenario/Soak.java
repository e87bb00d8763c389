package dev.holdfast.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stretch of load: threads that go on until the time is over or one of them has failed.
 *
 * <p>The time steers how long the load goes on, and nothing else.
 */
final class Soak {

  /** Responses that were read to a clean end, and were what the origin had sent. */
  final AtomicLong verified = new AtomicLong();

  /** Responses that were visibly cut off. */
  final AtomicLong cutOff = new AtomicLong();

  /** Errors, the origin's and Holdfast's. */
  final AtomicLong errors = new AtomicLong();

  /** Responses that were from after the purge before them. */
  final AtomicLong purged = new AtomicLong();

  /** Callers that left before the end. */
  final AtomicLong left = new AtomicLong();

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile long deadlineNanos;

  boolean goesOn() {
    return System.nanoTime() - deadlineNanos < 0 && failures.isEmpty();
  }

  /** Runs them all, and returns when all have ended; throws what one of them threw. */
  void run(Duration time, List<Runnable> parts) {
    deadlineNanos = System.nanoTime() + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (var part : parts) {
      var thread = new Thread(part, "soak-" + threads.size());
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((any, failure) -> failures.add(failure));
      thread.start();
      threads.add(thread);
    }
    try {
      for (var thread : threads) {
        thread.join(time.plus(Limit.SAFETY.multipliedBy(4)).toMillis());
        if (thread.isAlive()) {
          throw new AssertionError("does not end: " + List.of(thread.getStackTrace()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a soak", e);
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("under load: " + failures.peek(), failures.peek());
    }
  }

  /** Judges a response to a target of an origin that is served by {@link SoakOrigin}. */
  void judge(String target, Response response) {
    if (!response.whole()) {
      cutOff.incrementAndGet();
      return;
    }
    var content = response.header(SoakContent.FIELD);
    if (content != null && response.status() == 200) {
      if (!SoakContent.isWhole(target, content, response.body().bytes())) {
        throw new AssertionError(
            "other bytes than the origin's: " + target + " " + response.head());
      }
      verified.incrementAndGet();
      return;
    }
    var problem = "application/problem+json".equals(response.header("Content-Type"));
    var error = response.status() >= 500 && (problem || response.text().equals("error"));
    if (!error) {
      throw new AssertionError("not to be expected: " + target + " " + response.head());
    }
    errors.incrementAndGet();
  }

  @Override
  public String toString() {
    return "verified=%s cut-off=%s errors=%s left=%s purged=%s"
        .formatted(verified, cutOff, errors, left, purged);
  }
}
