package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees on the management port, and callers do not on theirs. */
class OperatorsViewTest {

  @Test
  void runningFill_isListedAndCounted() {
    var gate = new Gate();
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s");
        var caller = holdfast.caller()) {
      origin.on("/slow?secret=1", Script.held(gate, "ok", "Cache-Control: max-age=60"));
      origin.on("/plain", exchange -> exchange.ok("ok"));
      caller.get("/catalog/slow?secret=1");
      origin.awaitRequests("/slow?secret=1", 1);

      assertThat(managed(holdfast, "/actuator/fills").text())
          .contains("\"origin\":\"catalog\"", "\"path\":\"/slow\"", "\"callers\":1", "\"waiting\"")
          .doesNotContain("secret");
      gate.open();
      caller.readResponse();
      holdfast.awaitNothingLeft();
      holdfast.get("/slow?secret=1");
      holdfast.get("/plain");
      holdfast.awaitNothingLeft();

      assertThat(managed(holdfast, "/actuator/fills").text()).isEqualTo("{\"fills\":[]}");
      assertThat(managed(holdfast, "/actuator/prometheus").text())
          .contains(
              "holdfast_requests_seconds_count{origin=\"catalog\",result=\"hit\"} 1",
              "holdfast_requests_seconds_count{origin=\"catalog\",result=\"miss\"} 1",
              "holdfast_requests_seconds_bucket",
              "holdfast_fills_seconds_count{origin=\"catalog\",result=\"stored\"} 1",
              "holdfast_fills_seconds_bucket",
              "holdfast_fills_not_stored_total{origin=\"catalog\",reason=\"no-freshness\"} 1.0",
              "holdfast_fills_in_flight{origin=\"catalog\"} 0.0",
              "holdfast_fills_rescued_total{origin=\"catalog\"} 0.0",
              "holdfast_cache_memory_used_bytes",
              "holdfast_cache_memory_max_bytes",
              "cache_gets_total{cache=\"catalog\"",
              "cache_size{cache=\"catalog\"",
              "http_client_requests_seconds_count{client_name=\"catalog\"",
              "resilience4j_circuitbreaker_state{",
              "uri=\"/catalog/**\"")
          .doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/health", "/actuator/env", "/actuator/fills", "/actuator"})
  void callersPort_hasNoActuator(String path) {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin)) {
      origin.on("/", exchange -> exchange.ok("")); // the probe of /actuator/health
      assertThat(RawCaller.once(holdfast.port(), "GET", path).status()).isEqualTo(404);
      assertThat(RawCaller.once(holdfast.port(), "GET", "/livez").status()).isEqualTo(200);
      assertThat(RawCaller.once(holdfast.port(), "GET", "/readyz").status()).isEqualTo(200);
      assertThat(managed(holdfast, "/actuator/health").status()).isEqualTo(200);
      assertThat(managed(holdfast, "/actuator/env").status()).isEqualTo(404);
    }
  }

  private static Response managed(Holdfast holdfast, String path) {
    return RawCaller.once(holdfast.managementPort(), "GET", path);
  }
}
