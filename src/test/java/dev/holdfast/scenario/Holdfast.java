package dev.holdfast.scenario;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.fill.Fills;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import dev.holdfast.testing.RunningHoldfast;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The service itself on ports of its own, in front of a scripted origin named {@code catalog}. */
final class Holdfast implements AutoCloseable {

  static final String ORIGIN = "catalog";

  private static final List<String> WHOLE =
      List.of("holdfast.", "resilience4j.", "server.", "management.", "spring.");

  private static final List<String> UNLESS_SAID =
      List.of(
          "holdfast.callers.head-timeout=60s", // callers may connect long before they ask
          "spring.lifecycle.timeout-per-shutdown-phase=1s"); // what hangs at the end is let go of

  private final RunningHoldfast application;
  private final int connectionsAtFirst;

  private Holdfast(RunningHoldfast application) {
    this.application = application;
    this.connectionsAtFirst = application.connections();
  }

  /**
   * Starts it.
   *
   * @param settings of the origin, such as {@code caller-timeout=1s}, or whole properties, such as
   *     {@code resilience4j.bulkhead.instances.catalog.max-concurrent-calls=1}
   */
  static Holdfast inFrontOf(ScriptedOrigin origin, String... settings) {
    return start(origin.baseUrl(), Ticker.systemTicker(), Clock.systemUTC(), settings);
  }

  /** The same, with a time of the test's that passes. */
  static Holdfast inFrontOf(ScriptedOrigin origin, Ticker ticker, String... settings) {
    return start(origin.baseUrl(), ticker, Clock.systemUTC(), settings);
  }

  /** The same, with a time of the test's that passes, and one that the calendar says. */
  static Holdfast inFrontOf(
      ScriptedOrigin origin, Ticker ticker, Clock calendar, String... settings) {
    return start(origin.baseUrl(), ticker, calendar, settings);
  }

  /** The same, in front of an origin of another kind. */
  static Holdfast inFrontOf(String baseUrl, String... settings) {
    return start(baseUrl, Ticker.systemTicker(), Clock.systemUTC(), settings);
  }

  private static Holdfast start(String baseUrl, Ticker ticker, Clock calendar, String... settings) {
    List<String> arguments =
        new ArrayList<>(List.of("--holdfast.origins.catalog.base-url=" + baseUrl));
    for (String setting : settings) {
      boolean whole = WHOLE.stream().anyMatch(setting::startsWith);
      arguments.add("--" + (whole ? "" : "holdfast.origins.catalog.") + setting);
    }
    for (String own : UNLESS_SAID) {
      String name = own.substring(0, own.indexOf('='));
      if (Stream.of(settings).noneMatch(setting -> setting.startsWith(name))) {
        arguments.add("--" + own);
      }
    }
    return new Holdfast(RunningHoldfast.start(ticker, calendar, arguments.toArray(String[]::new)));
  }

  /** The callers' port. */
  int port() {
    return application.port();
  }

  /** The operators' port. */
  int managementPort() {
    return application.managementPort();
  }

  /** One caller's whole exchange. */
  Response get(String target, String... headers) {
    return RawCaller.once(port(), "GET", "/catalog" + target, headers);
  }

  RawCaller caller() {
    return RawCaller.connect(port());
  }

  /** One who has little room for what it has not read yet. */
  RawCaller slowCaller() {
    return RawCaller.connect(port(), 4096);
  }

  Callers callers(int count) {
    return Callers.open(count, port());
  }

  /** The sum of the counters of that name and those tags, 0 if there is none yet. */
  double count(String name, String... tags) {
    return registry().find(name).tags(tags).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  /** How many fills ended with that result. */
  long fills(String result) {
    return registry().find("holdfast.fills").tag("result", result).timers().stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  /** The sum of the gauges of that name. */
  double gauge(String name) {
    return registry().find(name).gauges().stream().mapToDouble(g -> g.value()).sum();
  }

  /** How many callers are attached to fills. */
  int attached() {
    return bean(Fills.class).running().stream().mapToInt(fill -> fill.callers()).sum();
  }

  /** Waits until nothing runs and nothing is held that is not stored. */
  void awaitNothingLeft() {
    Await.until(() -> gauge("holdfast.fills.in.flight") == 0, "no fill in flight");
    Await.until(() -> gauge("holdfast.fills.memory.used") == 0, "no memory held in flight");
    Await.until(() -> gauge("holdfast.fills.queued") == 0, "no fill in line");
    Await.until(() -> gauge("holdfast.callers.waiting") == 0, "no caller waiting");
    Await.until(
        () -> gauge("resilience4j.bulkhead.available.concurrent.calls") == permits(),
        "all permits given back");
  }

  /** Waits until every connection to the callers' port has been taken, and ended. */
  void awaitNoCallers() {
    for (int i = 0; i < 2 * application.loops(); i++) {
      RawCaller.once(port(), "GET", "/livez"); // it has come behind all others on some loop
    }
    Await.until(() -> application.connections() == connectionsAtFirst, "no connection");
  }

  private double permits() {
    return gauge("resilience4j.bulkhead.max.allowed.concurrent.calls");
  }

  /** One operator's whole exchange. */
  Response managed(String method, String target) {
    return RawCaller.once(managementPort(), method, target);
  }

  /** An operator's purge. */
  Response purge(String token, String json) {
    try (var operator = RawCaller.connect(managementPort())) {
      operator.request(
          "POST",
          "/actuator/purge",
          "Authorization: Bearer " + token,
          "Content-Type: application/json",
          "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length);
      return operator.send(json).readResponse();
    }
  }

  /** Invalidates responses of the origin's. */
  void invalidate(Scope scope) {
    bean(Store.class).invalidate(ORIGIN, scope);
  }

  <T> T bean(Class<T> type) {
    return application.bean(type);
  }

  private MeterRegistry registry() {
    return bean(MeterRegistry.class);
  }

  @Override
  public void close() {
    application.close();
  }
}
