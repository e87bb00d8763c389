package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An origin that is held, and one caller more than may wait for it. */
class TooManyCallersTest {

  private static final int MAX = 4;

  private final Gate gate = new Gate();

  @Test
  void asManyWaitAsMay_nextIsRefusedUntilTheOriginAnswers() {
    try (var origin = new ScriptedOrigin();
        var holdfast = inFrontOf(origin, "caller-timeout=20s");
        var callers = holdfast.callers(MAX);
        var next = holdfast.caller()) {
      holdfast.get("/stored");
      callers.get(2).get("/catalog/held", "Range: bytes=0-1");
      origin.awaitRequests("/held", 1); // later it would wait for the fetch of the whole
      callers.get(0).get("/catalog/held");
      callers.get(1).get("/catalog/held");
      callers.get(3).request("POST", "/catalog/held", "Content-Length: 0");
      awaitWaiting(holdfast, MAX);
      origin.awaitRequests("/held", 3);

      for (String method : new String[] {"GET", "POST"}) {
        var refused = next.exchange(method, "/catalog/held", "Content-Length: 0");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text()).contains("urn:holdfast:problem:overloaded");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("Cache-Status")).isEqualTo("holdfast;detail=overload");
      }
      assertThat(next.exchange("GET", "/catalog/stored").header("Cache-Status")).contains(";hit;");
      assertThat(origin.requests("/held")).isEqualTo(3);
      assertThat(holdfast.count("holdfast.callers.refused", "origin", "catalog")).isEqualTo(2);
      assertThat(holdfast.count("holdfast.callers.left")).isZero();

      gate.open();
      callers.forEach(caller -> assertThat(caller.readResponse().status()).isEqualTo(200));
      assertThat(next.exchange("GET", "/catalog/other").status()).isEqualTo(200);
      holdfast.awaitNothingLeft();
    }
  }

  @Test
  void callersThatWaitLeaveOrTimeOut_nextAreLetIn() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            inFrontOf(
                origin,
                "caller-timeout=500ms",
                "holdfast.origins.patient.caller-timeout=20s",
                "holdfast.origins.patient.base-url=" + origin.baseUrl())) {
      try (var callers = holdfast.callers(MAX)) {
        for (int i = 0; i < MAX; i++) {
          callers.get(i).get("/catalog/held?" + i);
        }
        origin.awaitRequestsTotal(MAX);
        callers.get(0).close();
        callers.get(1).reset();
        callers
            .allBut(2)
            .forEach(caller -> assertThat(caller.readResponse().status()).isEqualTo(504));
      }
      awaitWaiting(holdfast, 0);
      assertThat(holdfast.gauge("holdfast.fills.in.flight")).isEqualTo(MAX);

      try (var callers = holdfast.callers(MAX)) {
        callers.forEach(caller -> caller.get("/patient/held"));
        awaitWaiting(holdfast, MAX);
        gate.open();
        callers.forEach(caller -> assertThat(caller.readResponse().status()).isEqualTo(200));
      }
      assertThat(holdfast.count("holdfast.callers.refused")).isZero();
      holdfast.awaitNothingLeft();
    }
  }

  private Holdfast inFrontOf(ScriptedOrigin origin, String... settings) {
    origin.on("/stored", exchange -> exchange.ok("stored", "Cache-Control: max-age=60"));
    origin.on("/other", exchange -> exchange.ok("other"));
    origin.otherwise(Script.held(gate, "ok", "Cache-Control: max-age=60"));
    var limit = Stream.of("holdfast.callers.max-waiting=" + MAX);
    return Holdfast.inFrontOf(
        origin, Stream.concat(limit, Arrays.stream(settings)).toArray(String[]::new));
  }

  private static void awaitWaiting(Holdfast holdfast, int callers) {
    Await.until(
        () -> holdfast.gauge("holdfast.callers.waiting") == callers, callers + " callers wait");
  }
}
