package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.tracing.Tracer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/**
 * Nowhere is set to send traces to: what callers say of theirs is nobody's business but the
 * origin's.
 */
class UntracedTest {

  private static final List<String> OF_A_TRACE =
      List.of(
          "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          "tracestate: vendor=1",
          "baggage: tenant=a");

  @Test
  void whatCallersSayOfTheirTrace_reachesTheOriginAsItIs() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin)) {
      origin.otherwise(exchange -> exchange.ok("fine"));

      holdfast.get("/one", OF_A_TRACE.toArray(String[]::new));

      var sent = origin.requests().get(0).headers();
      assertThat(OF_A_TRACE)
          .allSatisfy(
              field -> {
                var parts = field.split(": ", 2);
                assertThat(sent.values(parts[0])).containsExactly(parts[1]);
              });
      assertThatThrownBy(() -> holdfast.bean(Tracer.class))
          .isInstanceOf(NoSuchBeanDefinitionException.class);
    }
  }
}
