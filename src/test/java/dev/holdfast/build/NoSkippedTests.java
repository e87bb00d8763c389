package dev.holdfast.build;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Fails the test run if any test was skipped, or aborted by a failed assumption.
 *
 * <p>It throws at the end of the session, for what listeners throw earlier is only logged.
 */
public final class NoSkippedTests implements LauncherSessionListener {

  private final Queue<String> notRun = new ConcurrentLinkedQueue<>();

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerTestExecutionListeners(new Watch());
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (!notRun.isEmpty()) {
      throw new IllegalStateException(
          "Skipped tests fail the build:\n  " + String.join("\n  ", notRun));
    }
  }

  private final class Watch implements TestExecutionListener {

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      notRun.add(test.getUniqueId() + ": " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
        notRun.add(
            test.getUniqueId()
                + ": "
                + result.getThrowable().map(Throwable::toString).orElse("aborted"));
      }
    }
  }
}
