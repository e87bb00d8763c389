package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How long the callers of an origin wait, before and while another origin hangs, and the same
 * without a hang.
 *
 * <p>Its name keeps it out of the build: {@code ./mvnw test -Dtest=NeighboursMeasurement}.
 */
class NeighboursMeasurement {

  private static final int REQUESTS = Integer.getInteger("holdfast.neighbours.requests", 20_000);
  private static final int ROUNDS = Integer.getInteger("holdfast.neighbours.rounds", 7);
  private static final int STUCK = 512;

  private record Percentiles(double medianMicros, double p99Micros) {}

  @Test
  void measure() {
    List<Double> quiet = new ArrayList<>();
    List<Double> hung = new ArrayList<>();
    round(false); // warms up
    System.out.println(
        "| hang | median before | p99 before | median then | p99 then | p99 ratio |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (int i = 0; i < ROUNDS; i++) {
      quiet.add(round(false));
      hung.add(round(true));
    }
    System.out.printf(
        "median of p99 ratios: %.2f without a hang, %.2f with one%n", median(quiet), median(hung));
  }

  /** The ratio of the later p99 to the earlier one. */
  private static double round(boolean hangs) {
    try (var hanging = new ScriptedOrigin();
        var neighbour = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                hanging,
                "caller-timeout=5m",
                "fetch-timeout=5m",
                "holdfast.origins.neighbour.base-url=" + neighbour.baseUrl());
        var stuck = holdfast.callers(STUCK);
        var caller = holdfast.caller()) {
      hanging.otherwise(Exchange::hangUntilClosed);
      neighbour.otherwise(exchange -> exchange.ok("ok"));
      percentiles(caller);
      var before = percentiles(caller);
      if (hangs) {
        for (int i = 0; i < STUCK; i++) {
          stuck.get(i).get("/catalog/" + i);
        }
        hanging.awaitAtOnce(256); // as many as its bulkhead has permits
        Await.until(
            () -> holdfast.gauge("holdfast.fills.queued") == STUCK - 256, "the rest in line");
      }
      var then = percentiles(caller);
      var ratio = then.p99Micros() / before.p99Micros();
      System.out.printf(
          "| %s | %.0f µs | %.0f µs | %.0f µs | %.0f µs | %.2f |%n",
          hangs ? "yes" : "no",
          before.medianMicros(),
          before.p99Micros(),
          then.medianMicros(),
          then.p99Micros(),
          ratio);
      return ratio;
    }
  }

  /** Of requests one after the other, each of which is fetched. */
  private static Percentiles percentiles(RawCaller caller) {
    var nanos = new long[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      var begin = System.nanoTime();
      caller.exchange("GET", "/neighbour/a");
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return new Percentiles(nanos[REQUESTS / 2] / 1e3, nanos[REQUESTS * 99 / 100] / 1e3);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
