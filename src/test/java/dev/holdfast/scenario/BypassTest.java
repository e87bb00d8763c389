package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The kill switch: what a rule bypasses is neither looked up nor stored. */
class BypassTest {

  @Test
  void bypassedPath_isFetchedEachTime_anotherOnce() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin, "caller-timeout=20s", "rules[0].paths=/live/**", "rules[0].bypass=true")) {
      origin.otherwise(exchange -> exchange.ok("ok", "Cache-Control: max-age=60"));

      holdfast.get("/live/1");
      assertThat(holdfast.get("/live/1").header("Cache-Status"))
          .isEqualTo("holdfast;fwd=bypass;fwd-status=200;detail=bypass");
      holdfast.get("/live/../live/1");
      holdfast.get("/live/../live/1");
      assertThat(holdfast.get("/live/1", "Cache-Control: only-if-cached").status()).isEqualTo(504);
      holdfast.get("/other");
      assertThat(holdfast.get("/other").header("Cache-Status")).contains(";hit;");

      assertThat(origin.requests("/live/1")).isEqualTo(2);
      assertThat(origin.requests("/live/../live/1")).isEqualTo(2);
      assertThat(origin.requests("/other")).isEqualTo(1);
      holdfast.awaitNothingLeft();
    }
  }

  @Test
  void callerWhoLeavesABypassedFetch_endsIt() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin, "caller-timeout=20s", "rules[0].paths=/**", "rules[0].bypass=true")) {
      origin.on("/live", Exchange::hangUntilClosed);
      try (var caller = holdfast.caller()) {
        caller.get("/catalog/live");
        origin.awaitRequests("/live", 1);
      }
      origin.awaitAbortedByPeer(1);
      holdfast.awaitNothingLeft();
      assertThat(holdfast.fills("abandoned")).isEqualTo(1);
    }
  }
}
