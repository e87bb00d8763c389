package dev.holdfast.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs tasks on threads of their own that begin at the same moment. */
public final class Together {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What one of the threads does. */
  @FunctionalInterface
  public interface Task {
    void run() throws Exception;
  }

  private Together() {}

  /** Returns when all have ended; throws what one of them threw. */
  public static void run(List<Task> tasks) {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Task task : tasks) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  task.run();
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (ExecutionException failed) {
      throw new AssertionError("a thread failed", failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("not done within " + LIMIT, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    } finally {
      threads.shutdownNow();
    }
  }
}
