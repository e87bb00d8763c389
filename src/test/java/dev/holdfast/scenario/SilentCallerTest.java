package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One caller reads nothing of a body that no socket buffer takes; it is the only one to wait. */
class SilentCallerTest {

  private static final String BODY = "0123456789".repeat(700_000);

  @Test
  void callerReadsNothing_othersFinishAndTheResponseIsStored() {
    var gate = new Gate();
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s");
        var silent = holdfast.slowCaller();
        var other = holdfast.caller()) {
      origin.on(
          "/big",
          exchange -> {
            exchange.head("200 OK", "Cache-Control: max-age=60", "Content-Length: 7000000");
            exchange.send(BODY.substring(0, 10));
            exchange.await(gate);
            exchange.send(BODY.substring(10));
          });
      silent.get("/catalog/big").readHead();
      other.get("/catalog/big").readHead();
      gate.open();

      assertThat(other.readBody().text()).isEqualTo(BODY);
      var hit = holdfast.get("/big");
      assertThat(hit.header("Cache-Status")).contains(";hit;");
      assertThat(hit.text()).isEqualTo(BODY);
      Await.until(() -> holdfast.gauge("holdfast.fills.in.flight") == 0, "the fill has ended");
      assertThat(holdfast.fills("stored")).isEqualTo(1);
      assertThat(holdfast.gauge("holdfast.cache.memory.used")).isGreaterThan(BODY.length());

      assertThat(silent.readBody().text()).isEqualTo(BODY);
      holdfast.awaitNothingLeft();
      assertThat(origin.requests("/big")).isEqualTo(1);
      assertThat(holdfast.count("holdfast.callers.left")).isZero();
    }
  }
}
