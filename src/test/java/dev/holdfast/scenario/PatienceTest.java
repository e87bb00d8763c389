package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a caller waits is its own choice, within a limit (RFC 7240). */
class PatienceTest {

  private final Gate gate = new Gate();
  private final ScriptedOrigin origin =
      new ScriptedOrigin().otherwise(Script.held(gate, "held", "Cache-Control: max-age=60"));

  @Test
  void waitsLongerThanCallerTimeout_andIsToldThatItDid() {
    try (origin;
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=50ms");
        var patient = holdfast.caller()) {
      patient.get("/catalog/a", "Prefer: wait=20, return=minimal");
      origin.awaitRequests("/a", 1);
      assertThat(holdfast.get("/b").status())
          .isEqualTo(504); // who does not say so, in the meantime
      gate.open();

      var answer = patient.readResponse();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
      assertThat(origin.requests().get(0).header("Prefer")).isEqualTo("return=minimal");
      assertThat(holdfast.get("/a", "Prefer: wait=1").header("Preference-Applied"))
          .isNull(); // a hit
      holdfast.awaitNothingLeft();
    }
  }

  @Test
  void wouldRatherRespondAsync_isToldThatTheAnswerComes_andFindsIt() {
    try (origin;
        var holdfast = Holdfast.inFrontOf(origin)) {
      for (String method : List.of("GET", "HEAD")) {
        var answer =
            RawCaller.once(
                holdfast.port(), method, "/catalog/" + method, "Prefer: respond-async, wait=0");

        boolean goesOn = method.equals("GET"); // of a head alone nothing is stored
        assertThat(answer.status()).isEqualTo(goesOn ? 202 : 504);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Cache-Status"))
            .isEqualTo("holdfast;fwd=uri-miss;detail=caller-timeout");
        assertThat(answer.header("Preference-Applied"))
            .isEqualTo(goesOn ? "respond-async, wait=0" : "wait=0");
      }
      assertThat(holdfast.count("holdfast.callers.left", "reason", "timeout")).isEqualTo(2);
      gate.open();
      holdfast.awaitNothingLeft();

      assertThat(holdfast.get("/GET", "Prefer: respond-async").text()).isEqualTo("held");
    }
  }

  @Test
  void whatGoesStraightToTheOrigin_keepsItsPreferences() {
    try (origin;
        var holdfast = Holdfast.inFrontOf(origin)) {
      gate.open();
      RawCaller.once(holdfast.port(), "POST", "/catalog/a", "Prefer: respond-async, wait=10");

      assertThat(origin.requests().get(0).header("Prefer")).isEqualTo("respond-async, wait=10");
    }
  }

  @Test
  void asksForMoreThanMayBe_waitsForThatLong() {
    try (origin;
        var holdfast = Holdfast.inFrontOf(origin, "holdfast.callers.max-patience=1s")) {
      var answer = holdfast.get("/a", "Prefer: wait=3600");

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
      gate.open();
      holdfast.awaitNothingLeft();
    }
  }
}
