package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A fault of the network ends: the next request is answered as if there had been none, although
 * fetches hang that met it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryTest {

  private static final int CALLERS = 20;

  static final List<Arguments> FAULTS =
      List.of(
          Arguments.of("requests are lost", Fault.NONE.swallowFrom(0), Fault.NONE),
          Arguments.of("requests stall", Fault.NONE.stallAt(0), Fault.NONE),
          Arguments.of("requests are reset", Fault.NONE.resetAt(0), Fault.NONE),
          Arguments.of("requests are late", Fault.NONE.laterBy(Duration.ofDays(1)), Fault.NONE),
          Arguments.of("responses are lost", Fault.NONE, Fault.NONE.swallowFrom(0)),
          Arguments.of("responses stall", Fault.NONE, Fault.NONE.stallAt(20)),
          Arguments.of("responses break off", Fault.NONE, Fault.NONE.closeAt(20)),
          Arguments.of("responses are reset", Fault.NONE, Fault.NONE.resetAt(20)),
          Arguments.of("responses drip", Fault.NONE, Fault.NONE.atBytesPerSecond(1)));

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final FaultProxy proxy = FaultProxy.before(origin);
  private final Holdfast holdfast =
      Holdfast.inFrontOf(
          proxy.baseUrl(),
          "fetch-timeout=10s",
          "rules[0].paths=/faulty/**",
          "rules[0].caller-timeout=100ms",
          "rules[1].caller-timeout=20s",
          "resilience4j.circuitbreaker.instances.catalog.failure-rate-threshold=100");

  RecoveryTest() {
    origin.otherwise(
        exchange -> exchange.ok(exchange.request().target(), "Cache-Control: max-age=60"));
  }

  @AfterAll
  void stop() {
    proxy.close();
    holdfast.awaitNothingLeft();
    holdfast.close();
    origin.close();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("FAULTS")
  void faultEnds_nextRequestIsAnswered(String what, Fault onRequests, Fault onResponses) {
    var name = what.replace(" ", "-");
    assertThat(holdfast.get("/before/" + name).status()).isEqualTo(200);
    proxy.onRequests(onRequests).onResponses(onResponses);
    try (var callers = holdfast.callers(CALLERS)) {
      for (int i = 0; i < CALLERS; i++) {
        callers.get(i).get("/catalog/faulty/" + name + i);
      }
      callers.forEach(caller -> assertThat(caller.readResponse().status()).isIn(502, 504));
    }
    proxy.onRequests(Fault.NONE).onResponses(Fault.NONE);

    var after = holdfast.get("/after/" + name);

    assertThat(after.text()).isEqualTo("/after/" + name);
    assertThat(holdfast.get("/after/" + name).header("Cache-Status")).contains(";hit;");
  }
}
