package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers who ask on and on, each on a connection that it keeps until an answer says it must not,
 * and who try nothing twice.
 */
final class SteadyCallers implements AutoCloseable {

  private final int port;
  private final AtomicInteger answers = new AtomicInteger();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean leaving;

  SteadyCallers(int port, int count) {
    this.port = port;
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.add(new Thread(() -> ask(number), "steady-caller-" + number));
    }
    threads.forEach(Thread::start);
  }

  /** Returns once they have had that many answers more. */
  void awaitAnswers(int more) {
    int enough = answers.get() + more;
    Await.until(() -> answers.get() >= enough || !errors.isEmpty(), more + " answers");
  }

  /** What any of them has had that was not a whole 200. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  private void ask(int number) {
    for (int turn = 0; !leaving; turn++) {
      try (var caller = RawCaller.connect(port)) {
        boolean kept = true;
        while (kept && !leaving) {
          kept = isToBeKept(ask(caller, number, turn++));
          LockSupport.parkNanos(number * 1_000_000L); // some are in less of a hurry
        }
      } catch (RuntimeException | AssertionError e) {
        errors.add("caller " + number + ", turn " + turn + ": " + e);
      }
    }
  }

  /** Hits, misses, and what must not be sent twice. */
  private static Response ask(RawCaller caller, int number, int turn) {
    return switch (turn % 3) {
      case 0 -> caller.exchange("GET", "/catalog/known");
      case 1 -> caller.exchange("GET", "/catalog/new/" + number + "/" + turn);
      default -> caller.exchange("POST", "/catalog/orders", "Content-Length: 0");
    };
  }

  private boolean isToBeKept(Response response) {
    if (response.status() != 200 || !response.whole()) {
      errors.add(response.head().statusLine() + ": " + response.text());
    }
    answers.incrementAndGet();
    return !response.head().headers().has("Connection", "close");
  }

  @Override
  public void close() {
    leaving = true;
    for (var thread : threads) {
      Await.until(() -> !thread.isAlive(), thread.getName() + " has left");
    }
  }
}
