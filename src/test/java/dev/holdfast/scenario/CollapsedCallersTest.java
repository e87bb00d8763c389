package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.Fills;
import org.junit.jupiter.api.Test;

/** Five hundred callers of one key; the first half hangs up, the other half is answered. */
class CollapsedCallersTest {

  private static final int CALLERS = 500;

  @Test
  void halfOfTheCallersHangUp_othersAreAnsweredByOneFetch() {
    var gate = new Gate();
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s");
        var callers = holdfast.callers(CALLERS)) {
      origin.on("/one", Script.held(gate, "the answer", "Cache-Control: max-age=60"));

      callers.forEach(caller -> caller.get("/catalog/one"));
      Await.until(() -> attached(holdfast) == CALLERS, "all callers attached");
      callers.first(CALLERS / 2).forEach(RawCaller::close);
      Await.until(() -> attached(holdfast) == CALLERS / 2, "the first half gone");
      gate.open();

      callers
          .allBut(CALLERS / 2)
          .forEach(
              caller -> {
                var answer = caller.readResponse();
                assertThat(answer.text()).isEqualTo("the answer");
                assertThat(answer.header("Cache-Status")).contains("collapsed");
              });
      assertThat(origin.requests("/one")).isEqualTo(1);
      assertThat(holdfast.count("holdfast.fills.rescued")).isZero();
      assertThat(holdfast.count("holdfast.callers.left", "reason", "disconnect"))
          .isEqualTo(CALLERS / 2);
      holdfast.awaitNothingLeft();
    }
  }

  private static int attached(Holdfast holdfast) {
    return holdfast.bean(Fills.class).running().stream().mapToInt(fill -> fill.callers()).sum();
  }
}
