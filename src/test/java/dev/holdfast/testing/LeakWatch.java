package dev.holdfast.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Records each buffer that Netty finds to have become garbage before it was released.
 *
 * <p>Installed at the start of the session, before Netty makes its detectors. {@link NoLeaks} turns
 * what is recorded into failures.
 */
public final class LeakWatch implements LauncherSessionListener {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String CANARY = "holdfast-leak-canary-";

  private static final Pattern RUNNER =
      Pattern.compile("\\s+(org\\.junit|org\\.apache\\.maven|java\\.base|jdk)\\b");

  private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);
  private static final AtomicInteger CANARIES = new AtomicInteger();
  private static final Set<String> FOUND_CANARIES = ConcurrentHashMap.newKeySet();
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
  }

  /** Collects garbage until every leak so far must have been found; each is returned once. */
  static List<String> leaksSoFar() {
    // The references of one collection are queued before those of the next: whatever was garbage
    // with the first canary has been queued when the second is found.
    awaitCanary();
    awaitCanary();
    List<String> leaks = new ArrayList<>();
    for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
      leaks.add(leak);
    }
    return leaks;
  }

  private static void awaitCanary() {
    String name = CANARY + CANARIES.incrementAndGet() + ".";
    leak(name);
    long begin = System.nanoTime();
    System.gc();
    while (!FOUND_CANARIES.contains(name)) {
      long waited = System.nanoTime() - begin;
      if (waited > LIMIT.toNanos()) {
        throw new AssertionError("leak detection does not work: " + name + " was never found");
      }
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      if (waited > Duration.ofMillis(100).toNanos()) {
        System.gc();
      }
      ALLOCATOR.directBuffer(1, 1).release(); // Netty looks for leaks when a buffer is made
    }
  }

  /** Loses a buffer that bears the name. */
  static void leak(String name) {
    ByteBuf lost = ALLOCATOR.directBuffer(1, 1);
    lost.touch(name);
  }

  private static void found(String resource, String records) {
    int at = records.indexOf(CANARY);
    if (at >= 0) {
      FOUND_CANARIES.add(records.substring(at, records.indexOf('.', at) + 1));
    } else {
      LEAKS.add(resource + " was not released" + ownFrames(records));
    }
  }

  /** The records without the frames of what runs the tests. */
  private static String ownFrames(String records) {
    return records
        .lines()
        .filter(line -> !RUNNER.matcher(line).lookingAt())
        .collect(Collectors.joining("\n"));
  }

  private static final class Factory extends ResourceLeakDetectorFactory {
    @Override
    @SuppressWarnings("deprecation") // the method to override is the deprecated one
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return new Recording<>(resource, samplingInterval);
    }
  }

  private static final class Recording<T> extends ResourceLeakDetector<T> {
    Recording(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resource, String records) {
      found(resource, records);
    }

    @Override
    protected void reportUntracedLeak(String resource) {
      found(resource, "");
    }
  }
}
