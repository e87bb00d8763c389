package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The process is told to stop while callers wait, and while fills run that have none. */
class ShutdownTest {

  private static final String AMPLE = "spring.lifecycle.timeout-per-shutdown-phase=60s";

  private final Gate gate = new Gate();
  private final ScriptedOrigin origin =
      new ScriptedOrigin().otherwise(Script.held(gate, "held", "Cache-Control: max-age=60"));

  @AfterEach
  void stop() {
    gate.open();
    origin.close();
  }

  @Test
  void callersInProgressAreAnswered_andFillsWithoutAnyEnd() {
    var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s", AMPLE);
    var stored = fills(holdfast, "stored");
    try (var waiting = holdfast.caller()) {
      assertThat(holdfast.get("/left", "Prefer: wait=0").status()).isEqualTo(504);
      waiting.get("/catalog/waiting");
      origin.awaitRequestsTotal(2);

      var stopping = CompletableFuture.runAsync(holdfast::close);
      Await.until(
          () -> holdfast.managed("GET", "/actuator/health/readiness").status() == 503,
          "readiness is out");
      assertThat(stopping).isNotDone();
      gate.open();

      assertThat(waiting.readResponse().text()).isEqualTo("held");
      assertThat(stopping).succeedsWithin(Limit.SAFETY);
    }
    assertThat(stored.count()).isEqualTo(2);
  }

  @Test
  void fillsWithoutCallers_areWaitedFor() {
    var holdfast = Holdfast.inFrontOf(origin, AMPLE);
    var stored = fills(holdfast, "stored");
    assertThat(holdfast.get("/left", "Prefer: wait=0").status()).isEqualTo(504);
    origin.awaitRequestsTotal(1);
    try (var log = LogLines.of("dev.holdfast.fill")) {

      var stopping = CompletableFuture.runAsync(holdfast::close);
      log.await("event=draining fills=1 ");
      assertThat(stopping).isNotDone();
      gate.open();

      assertThat(stopping).succeedsWithin(Limit.SAFETY);
      assertThat(log.lines()).anyMatch(line -> line.startsWith("event=drained "));
    }
    assertThat(stored.count()).isEqualTo(1);
  }

  @Test
  void timeIsOver_theRestIsDropped_countedAndLogged() {
    var holdfast = Holdfast.inFrontOf(origin, "spring.lifecycle.timeout-per-shutdown-phase=1s");
    var drained = fills(holdfast, "drained");
    assertThat(holdfast.get("/left?secret=1", "Prefer: wait=0").status()).isEqualTo(504);
    origin.awaitRequestsTotal(1);
    try (var log = LogLines.of("dev.holdfast.fill")) {

      holdfast.close();

      origin.awaitAbortedByPeer(1);
      assertThat(log.lines())
          .anyMatch(
              line ->
                  line.matches(
                      "event=fill-dropped origin=catalog path=/left took_ms=\\d+ bytes=0"));
    }
    assertThat(drained.count()).isEqualTo(1);
  }

  /** The timer of fills that end so, which is to be had before the registry closes. */
  private static Timer fills(Holdfast holdfast, String result) {
    return Timer.builder("holdfast.fills")
        .tag("origin", Holdfast.ORIGIN)
        .tag("result", result)
        .register(holdfast.bean(MeterRegistry.class));
  }
}
