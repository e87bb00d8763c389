package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.HoldfastApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service in a JVM of its own, of which the test says how much memory it has. */
final class ForkedHoldfast implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("Ready: .* port=(\\d+) management-port=(\\d+)");

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Matcher> ready = new CompletableFuture<>();

  private ForkedHoldfast(Process process) {
    this.process = process;
    var reader = new Thread(this::read, "forked-holdfast-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param options of the JVM
   */
  static ForkedHoldfast inFrontOf(
      ScriptedOrigin origin, List<String> options, String... arguments) {
    return inFrontOf(origin.baseUrl(), options, arguments);
  }

  /** The same, in front of an origin of another kind. */
  static ForkedHoldfast inFrontOf(String baseUrl, List<String> options, String... arguments) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), HoldfastApplication.class.getName()));
    command.addAll(List.of("--server.port=0", "--management.server.port=0"));
    command.add("--holdfast.origins.catalog.base-url=" + baseUrl);
    command.addAll(List.of(arguments));
    try {
      var forked =
          new ForkedHoldfast(new ProcessBuilder(command).redirectErrorStream(true).start());
      forked.awaitReady();
      return forked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Surefire may have put the class path into a manifest; this one names the files. */
  private static String classPath() {
    var bySurefire = System.getProperty("surefire.test.class.path");
    return bySurefire == null ? System.getProperty("java.class.path") : bySurefire;
  }

  private void awaitReady() {
    try {
      ready.get(Limit.SAFETY.toNanos() * 6, TimeUnit.NANOSECONDS);
    } catch (Exception e) {
      close();
      throw new AssertionError("not started: " + output(), e);
    }
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        var matcher = READY.matcher(line);
        if (matcher.find()) {
          ready.complete(matcher);
        }
      }
      ready.completeExceptionally(new IllegalStateException("it has ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  RawCaller caller() {
    return RawCaller.connect(port(1));
  }

  Response get(String target) {
    return RawCaller.once(port(1), "GET", "/catalog" + target);
  }

  /** An operator's whole exchange. */
  Response managed(String method, String target) {
    return RawCaller.once(port(2), method, target);
  }

  /** The callers' port. */
  int port() {
    return port(1);
  }

  /** Tells it to stop, as an orchestrator does. */
  void terminate() {
    process.destroy(); // SIGTERM
  }

  /** Waits until it has ended, and returns with which exit status. */
  int awaitExit() {
    Await.until(() -> !process.isAlive(), "the process has ended", Limit.SAFETY.multipliedBy(2));
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  /** The sum of that gauge's samples, by its name for Prometheus. */
  double gauge(String name) {
    var sample = Pattern.compile("(?m)^" + name + "(?:\\{.*})? (\\S+)$");
    return sample
        .matcher(RawCaller.once(port(2), "GET", "/actuator/prometheus").text())
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .sum();
  }

  private int port(int group) {
    return Integer.parseInt(ready.join().group(group));
  }

  /** All that it has logged. */
  String output() {
    return String.join("\n", output);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
