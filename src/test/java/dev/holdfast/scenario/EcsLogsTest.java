package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The log as JSON by a property, each line with the trace that it is about. */
class EcsLogsTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void event_isALineOfJson_withItsTrace() {
    try (var collector = new ScriptedOrigin();
        var origin = new ScriptedOrigin()) {
      collector.otherwise(exchange -> exchange.ok(""));
      origin.otherwise(exchange -> exchange.send("no HTTP\r\n\r\n"));
      try (var holdfast = start(origin, collector)) {
        var parent = "traceparent: 00-" + TRACE + "-b7ad6b7169203331-01";
        var answer = RawCaller.once(holdfast.port(), "GET", "/catalog/one", parent);
        assertThat(answer.status()).isEqualTo(502);

        Await.until(() -> holdfast.output().contains("event=fill-failed"), "the event");
        assertThat(holdfast.output().lines().filter(line -> line.contains("event=fill-failed")))
            .singleElement()
            .asString()
            .startsWith("{\"@timestamp\":")
            .contains("\"level\":\"WARN\"", "\"name\":\"holdfast\"", TRACE)
            .contains("\"message\":\"event=fill-failed origin=catalog path=/one ");
      }
    }
  }

  private static ForkedHoldfast start(ScriptedOrigin origin, ScriptedOrigin collector) {
    return ForkedHoldfast.inFrontOf(
        origin,
        List.of("-XX:TieredStopAtLevel=1"),
        "--logging.structured.format.console=ecs",
        "--management.opentelemetry.tracing.export.otlp.endpoint="
            + collector.baseUrl()
            + "/v1/traces");
  }
}
