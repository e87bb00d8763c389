package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What has happened at an origin so far; every change wakes those who await one. */
final class Ledger {

  // all guarded by this
  private final List<Request> requests = new ArrayList<>();
  private final Map<String, Integer> requestsByTarget = new HashMap<>();
  private final List<Throwable> failures = new ArrayList<>();
  private boolean forgetful;
  private int accepted;
  private int open;
  private int abortedByPeer;
  private int atOnce;
  private int mostAtOnce;
  private long bodyBytes;

  /** Returns the new connection's id. */
  synchronized int connectionOpened() {
    open++;
    accepted++;
    notifyAll();
    return accepted;
  }

  synchronized void connectionClosed(boolean aborted) {
    open--;
    abortedByPeer += aborted ? 1 : 0;
    notifyAll();
  }

  synchronized void aborted() {
    abortedByPeer++;
    notifyAll();
  }

  synchronized void bodyBytesReceived(int count) {
    bodyBytes += count;
    notifyAll();
  }

  /** Returns the request with its number among those of its target. */
  synchronized Request received(Request request) {
    var numbered = request.withNth(requestsByTarget.merge(request.target(), 1, Integer::sum));
    if (!forgetful) {
      requests.add(numbered);
    }
    notifyAll();
    return numbered;
  }

  /** Keeps no requests from now on. */
  synchronized void forget() {
    forgetful = true;
  }

  /** A request is being answered from now on. */
  synchronized void answering() {
    atOnce++;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    notifyAll();
  }

  synchronized void answered() {
    atOnce--;
  }

  synchronized int mostAtOnce() {
    return mostAtOnce;
  }

  synchronized void failed(Throwable failure) {
    failures.add(failure);
    notifyAll();
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  synchronized int requests(String target) {
    return requestsByTarget.getOrDefault(target, 0);
  }

  synchronized int accepted() {
    return accepted;
  }

  synchronized int open() {
    return open;
  }

  synchronized int abortedByPeer() {
    return abortedByPeer;
  }

  synchronized long bodyBytes() {
    return bodyBytes;
  }

  /** Waits on changes until the condition holds; it is evaluated under this ledger's monitor. */
  synchronized void await(BooleanSupplier condition, Supplier<String> what) {
    var begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      var left = Limit.SAFETY.toNanos() - (System.nanoTime() - begin);
      if (left <= 0) {
        throw new AssertionError("not so within " + Limit.SAFETY + ": " + what.get() + "; " + this);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while awaiting " + what.get(), e);
      }
    }
  }

  /** Throws what went wrong in scripts, if anything did. */
  synchronized void rethrowFailures() {
    if (!failures.isEmpty()) {
      var error = new AssertionError("at the origin: " + failures.get(0), failures.get(0));
      failures.stream().skip(1).forEach(error::addSuppressed);
      throw error;
    }
  }

  @Override
  public synchronized String toString() {
    return "requests=%d accepted=%d open=%d abortedByPeer=%d bodyBytes=%d failures=%s"
        .formatted(requests.size(), accepted, open, abortedByPeer, bodyBytes, failures);
  }
}
