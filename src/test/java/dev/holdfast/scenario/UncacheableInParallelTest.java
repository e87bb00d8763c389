package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many callers of a response that may not be stored: none waits for another. */
class UncacheableInParallelTest extends SharedHoldfast {

  private static final int CALLERS = 50;

  UncacheableInParallelTest() {
    super("caller-timeout=25s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-store", "private", "max-age=0"})
  void knownNotToBeStorable_allAreFetchedAtOnce(String cacheControl) {
    var target = "/" + cacheControl;
    var gate = new Gate();
    origin.on(
        target,
        exchange -> {
          if (exchange.request().nth() > 1) {
            exchange.await(gate);
          }
          exchange.ok("answer " + exchange.request().nth(), "Cache-Control: " + cacheControl);
        });
    holdfast.get(target);

    try (var callers = holdfast.callers(CALLERS)) {
      callers.forEach(caller -> caller.get("/catalog" + target));
      origin.awaitRequests(target, 1 + CALLERS); // while none of them is answered
      gate.open();

      assertThat(callers.list().stream().map(caller -> caller.readResponse().text()))
          .doesNotHaveDuplicates();
    }
    assertThat(origin.requests(target)).isEqualTo(1 + CALLERS);
  }
}
