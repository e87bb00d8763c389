package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A thousand callers of one key, none of whom waits as long as the origin takes. */
class ImpatientCallersTest {

  private static final int CALLERS = 1000;

  @Test
  void allTimeOut_oneFetchIsStored_andNoWaiterIsLeft() {
    var gate = new Gate();
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=100ms", "fetch-timeout=5m")) {
      origin.on(
          "/slow",
          exchange -> {
            exchange.await(gate);
            exchange.ok("slow", "Cache-Control: max-age=60");
          });
      try (var callers = holdfast.callers(CALLERS)) {
        callers.forEach(caller -> caller.get("/catalog/slow"));
        callers.forEach(caller -> assertThat(caller.readResponse().status()).isEqualTo(504));
      }
      assertThat(holdfast.gauge("holdfast.callers.waiting")).isZero();
      assertThat(holdfast.attached()).isZero();
      assertThat(holdfast.gauge("holdfast.fills.in.flight")).isEqualTo(1);
      gate.open();
      holdfast.awaitNothingLeft();

      assertThat(holdfast.get("/slow").header("Cache-Status")).contains(";hit;");
      assertThat(origin.requestsTotal()).isEqualTo(1);
      assertThat(holdfast.count("holdfast.fills.rescued")).isEqualTo(1);
      assertThat(holdfast.count("holdfast.callers.left", "reason", "timeout")).isEqualTo(CALLERS);
    }
  }
}
