package dev.holdfast.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An event loop that turns only when told to, in the thread that tells it. */
public final class ManualExecutor implements Executor {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean shutDown;

  @Override
  public void execute(Runnable task) {
    if (shutDown) {
      throw new RejectedExecutionException("shut down");
    }
    tasks.add(task);
  }

  /** The number of tasks that wait. */
  public int pending() {
    return tasks.size();
  }

  /** Runs what waits, and what that adds. */
  public void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Refuses every task from now on. */
  public void shutDown() {
    shutDown = true;
  }
}
