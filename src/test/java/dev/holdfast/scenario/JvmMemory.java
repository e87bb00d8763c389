package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
  private static final String COMMANDS =
      """
      GC.run
      GC.heap_info
      VM.native_memory summary scale=b
      """;
  private static final int SETTLED_BYTES = 20_000;
  private static final int COLLECTIONS = 20;

  /** Reads it once collections find nothing more. */
  static JvmMemory of(long pid) {
    JvmMemory last = new JvmMemory(Long.MAX_VALUE, 0);
    for (int i = 0; i < COLLECTIONS; i++) {
      JvmMemory now = afterACollection(pid);
      if (Math.abs(last.heap - now.heap) < SETTLED_BYTES) {
        return now;
      }
      last = now;
    }
    throw new AssertionError("the heap does not settle");
  }

  private static JvmMemory afterACollection(long pid) {
    String said = ask(pid, COMMANDS);
    long heap =
        GENERATION.matcher(said).results().mapToLong(used -> Long.parseLong(used.group(1))).sum();
    return OUTSIDE
        .matcher(said)
        .results()
        .map(found -> new JvmMemory(1024 * heap, Long.parseLong(found.group(1))))
        .findFirst()
        .orElseThrow(() -> new AssertionError(said));
  }

  /** One call for all commands: each starts a JVM of its own. */
  private static String ask(long pid, String commands) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Path file = Files.createTempFile("commands", ".jcmd");
      Files.writeString(file, commands);
      Process asked =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "-f", file.toString())
              .redirectErrorStream(true)
              .start();
      String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
      int code = asked.waitFor();
      Files.delete(file);
      if (code != 0) {
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
