package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An origin that answers nothing but 503, and callers that come in waves. */
class ErrorStormTest {

  private static final int WAVES = 4;
  private static final int CALLERS = 50;
  private static final String STALE = "Cache-Control: max-age=60, stale-if-error=600";

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final Holdfast holdfast =
      Holdfast.inFrontOf(
          origin,
          "caller-timeout=20s",
          "resilience4j.circuitbreaker.instances.catalog.sliding-window-size=" + (WAVES + 1),
          "resilience4j.circuitbreaker.instances.catalog.permitted-number-of-calls-in-half-open-state=1");

  private volatile Gate gate = new Gate();

  @AfterEach
  void stop() {
    holdfast.awaitNothingLeft();
    holdfast.close();
    origin.close();
  }

  @Test
  void staleIsAllowed_everybodyHasIt_andTheOriginIsAskedOnceAWave() {
    origin.on("/old", exchange -> exchange.ok("old", STALE, "Age: 59"));
    assertThat(holdfast.get("/old").text()).isEqualTo("old");
    Await.until(() -> !isFresh("/old"), "its last second of freshness is over");
    storm();

    for (int wave = 1; wave <= WAVES; wave++) {
      assertThat(wave("/old"))
          .allSatisfy(
              answer -> {
                assertThat(answer.text()).isEqualTo("old");
                assertThat(answer.header("Cache-Status")).endsWith(";detail=stale-if-error");
              });
      assertThat(origin.requests("/old")).isEqualTo(1 + wave);
    }
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
    gate.open();
    assertThat(wave("/old"))
        .allSatisfy(answer -> assertThat(answer.header("Cache-Status")).endsWith("circuit-open"))
        .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("old"));
    assertThat(origin.requests("/old")).isEqualTo(1 + WAVES);

    origin.on("/old", exchange -> exchange.ok("new", "Cache-Control: max-age=60"));
    breaker().transitionToHalfOpenState();
    assertThat(holdfast.get("/old").text()).isEqualTo("new");
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void nothingIsStored_everybodyHasTheError_thenOnlyTheBreakersProbesAskTheOrigin() {
    origin.on("/first", exchange -> exchange.ok("ok"));
    holdfast.get("/first");
    storm();

    for (int wave = 1; wave <= WAVES; wave++) {
      assertThat(wave("/none"))
          .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("the origin's"));
      assertThat(origin.requests("/none")).isEqualTo(wave);
    }
    gate.open();
    for (int halfOpen = 1; halfOpen <= 2; halfOpen++) {
      for (int key = 0; key < CALLERS; key++) {
        var answer = holdfast.get("/open/" + key);
        assertThat(answer.text()).contains("urn:holdfast:problem:circuit-open");
        assertThat(answer.header("Retry-After")).isNotNull();
      }
      assertThat(origin.requestsTotal()).isEqualTo(WAVES + halfOpen);
      breaker().transitionToHalfOpenState();
      assertThat(holdfast.get("/probe").text()).isEqualTo("the origin's");
    }
  }

  private void storm() {
    origin.on("/old", this::fail).otherwise(this::fail);
  }

  private void fail(Exchange exchange) {
    exchange.await(gate);
    exchange.answer("503 Service Unavailable", "the origin's");
  }

  /** Callers who are all there before the origin answers. */
  private List<Response> wave(String target) {
    var open = breaker().getState() == CircuitBreaker.State.OPEN;
    gate = new Gate();
    try (var callers = holdfast.callers(CALLERS)) {
      callers.forEach(caller -> caller.get("/catalog" + target));
      if (!open) {
        Await.until(() -> holdfast.attached() == CALLERS, "all attached");
      }
      gate.open();
      return callers.list().stream().map(RawCaller::readResponse).toList();
    }
  }

  private boolean isFresh(String target) {
    return holdfast.get(target, "Cache-Control: only-if-cached").status() == 200;
  }

  private CircuitBreaker breaker() {
    return holdfast.bean(CircuitBreakerRegistry.class).circuitBreaker(Holdfast.ORIGIN);
  }
}
