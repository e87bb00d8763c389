package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A hundred callers give up while the origin holds its answers back; none of the writes is lost.
 */
class OutlivedCallersTest {

  private static final int KEYS = 100;

  @Test
  void callersThatTimeOut_losesNoWrite() {
    var gate = new Gate();
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=50ms");
        var callers = holdfast.callers(KEYS)) {
      origin.otherwise(
          exchange -> {
            exchange.await(gate);
            exchange.ok("answer to " + exchange.request().target(), "Cache-Control: max-age=60");
          });

      IntStream.range(0, KEYS).forEach(i -> callers.get(i).get("/catalog/" + i));
      callers.forEach(
          caller -> {
            var answer = caller.readResponse();
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(answer.text())
                .contains("urn:holdfast:problem:caller-timeout", "\"fetch\":\"continues\"");
          });
      origin.awaitRequestsTotal(KEYS);
      assertThat(holdfast.gauge("holdfast.fills.in.flight")).isEqualTo(KEYS);
      gate.open();
      holdfast.awaitNothingLeft();

      for (int i = 0; i < KEYS; i++) {
        var answer = holdfast.get("/" + i);
        assertThat(answer.text()).isEqualTo("answer to /" + i);
        assertThat(answer.header("Cache-Status")).contains(";hit;");
      }
      assertThat(origin.requestsTotal()).isEqualTo(KEYS);
      assertThat(holdfast.count("holdfast.fills.rescued")).isEqualTo(KEYS);
      assertThat(holdfast.count("holdfast.callers.left", "reason", "timeout")).isEqualTo(KEYS);
    }
  }
}
