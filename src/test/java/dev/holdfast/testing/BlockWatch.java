package dev.holdfast.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

/**
 * Has every call fail that would block an event loop or a timer, and records it for {@link
 * NoBlocking}: whoever called may swallow the error.
 *
 * <p>Only in a JVM that may be instrumented so, by {@value #FLAG}.
 */
public final class BlockWatch implements LauncherSessionListener {

  static final String FLAG = "AllowRedefinitionToAddDeleteMethods";

  private static final Queue<String> BLOCKED = new ConcurrentLinkedQueue<>();

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (isPossible()) {
      BlockHound.install(
          new MayBlock(), builder -> builder.blockingMethodCallback(BlockWatch::blocked));
    }
  }

  /** What no test class has been told of, since it came between two, ends the run. */
  @Override
  public void launcherSessionClosed(LauncherSession session) {
    List<String> rest = blockedSoFar();
    if (!rest.isEmpty()) {
      throw new IllegalStateException("Calls that block:\n" + String.join("\n\n", rest));
    }
  }

  private static boolean isPossible() {
    return Boolean.parseBoolean(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption(FLAG)
            .getValue());
  }

  private static void blocked(BlockingMethod method) {
    BlockingOperationError error = new BlockingOperationError(method);
    String stack =
        Stream.of(error.getStackTrace())
            .skip(3) // the watch's own
            .map(frame -> "\tat " + frame)
            .collect(Collectors.joining("\n"));
    BLOCKED.add(method + " on " + Thread.currentThread().getName() + "\n" + stack);
    throw error;
  }

  /** The calls that would have blocked so far; each is returned once. */
  static List<String> blockedSoFar() {
    List<String> calls = new ArrayList<>();
    for (String call = BLOCKED.poll(); call != null; call = BLOCKED.poll()) {
      calls.add(call);
    }
    return calls;
  }
}
