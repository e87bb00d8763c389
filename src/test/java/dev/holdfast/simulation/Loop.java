package dev.holdfast.simulation;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** An event loop that turns when the schedule says so; what it is handed can be overtaken. */
final class Loop implements Executor {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Runnable afterTask;
  private boolean turning;

  /**
   * @param afterTask run when it was handed something, where other threads may act
   */
  Loop(Runnable afterTask) {
    this.afterTask = afterTask;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    afterTask.run();
  }

  boolean hasTasks() {
    return !tasks.isEmpty();
  }

  /** Whether something of it is being run now: a loop does one thing at a time. */
  boolean isTurning() {
    return turning;
  }

  /** Runs something as one of its tasks. */
  void run(Runnable task) {
    if (turning) {
      throw new IllegalStateException("a loop does one thing at a time");
    }
    turning = true;
    try {
      task.run();
    } finally {
      turning = false;
    }
  }

  /** Its next task, which is not its own any more. */
  Runnable next() {
    return tasks.remove();
  }
}
