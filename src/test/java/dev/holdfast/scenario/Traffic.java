package dev.holdfast.scenario;

/** How many callers ask and wait, so that an answer can be held until more of them do. */
final class Traffic {

  // guarded by this
  private int callers;
  private int waiting;
  private long asked;

  synchronized void comes() {
    callers++;
  }

  synchronized void goes() {
    callers--;
    notifyAll();
  }

  synchronized void asks() {
    waiting++;
    asked++;
    notifyAll();
  }

  synchronized void isAnswered() {
    waiting--;
  }

  /** Returns once so many more have asked, or all there are wait, for this perhaps. */
  synchronized void awaitMoreOf(int more) {
    var enough = asked + more;
    try {
      while (asked < enough && waiting < callers) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
