package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What another JVM uses, in bytes, as that JVM says itself: it must run with the serial collector
 * and {@code -XX:NativeMemoryTracking=summary}.
 *
 * @param heap what is reachable
 * @param outside what was asked of the machine for direct buffers, by whichever means
 */
record JvmMemory(long heap, long outside) {

  static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:MarkSweepAlwaysCompactCount=1", // else what is dead may count as used
          "-XX:NativeMemoryTracking=summary");

  private static final Pattern GENERATION = Pattern.compile("total \\d+K, used (\\d+)K");
  private static final Pattern OUTSIDE =
      Pattern.compile("Other \\(reserved=\\d+, committed=(\\d+)\\)");
  private static final int SETTLED_BYTES = 20_000;
  private static final int COLLECTIONS = 20;

  /** Reads it once collections find nothing more. */
  static JvmMemory of(long pid) {
    long last = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      ask(pid, "GC.run");
      long now = heap(pid);
      if (Math.abs(last - now) < SETTLED_BYTES) {
        return new JvmMemory(now, outside(pid));
      }
      last = now;
    }
    throw new AssertionError("the heap does not settle");
  }

  private static long heap(long pid) {
    return 1024
        * GENERATION
            .matcher(ask(pid, "GC.heap_info"))
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .sum();
  }

  private static long outside(long pid) {
    String summary = ask(pid, "VM.native_memory", "summary", "scale=b");
    return OUTSIDE
        .matcher(summary)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(summary));
  }

  private static String ask(long pid, String... command) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    ProcessBuilder asking = new ProcessBuilder(jcmd.toString(), Long.toString(pid));
    asking.command().addAll(List.of(command));
    try {
      Process asked = asking.redirectErrorStream(true).start();
      String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
      if (asked.waitFor() != 0) {
        throw new AssertionError(answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  JvmMemory minus(JvmMemory before) {
    return new JvmMemory(heap - before.heap, outside - before.outside);
  }

  long total() {
    return heap + outside;
  }
}
