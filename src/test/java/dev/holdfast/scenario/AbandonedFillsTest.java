package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Impatient callers cannot use the whole origin up: what runs for nobody has a limit. */
class AbandonedFillsTest {

  private static final String FRESH = "Cache-Control: max-age=60";
  private static final String STALE = "Cache-Control: max-age=0, stale-while-revalidate=600";

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final Gate gate = new Gate();

  @AfterEach
  void stop() {
    gate.open();
    origin.close();
  }

  /** Has a target answered, for some time to come, when the gate is open. */
  private void hold(String target) {
    origin.on(target, Script.held(gate, "held", FRESH));
  }

  @Test
  void asManyRunForNobodyAsMay_missesAreRefused_hitsAreServed_andNothingThatRunsIsLost() {
    origin.on("/hit", exchange -> exchange.ok("hit", FRESH));
    hold("/1");
    hold("/2");
    origin.on("/other", exchange -> exchange.ok("other", FRESH));
    try (var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s", "max-abandoned-fills=2");
        var patient = holdfast.caller()) {
      holdfast.get("/hit");
      assertThat(holdfast.get("/1", "Prefer: wait=0").status()).isEqualTo(504);
      assertThat(holdfast.get("/other").status()).isEqualTo(200);
      assertThat(holdfast.get("/2", "Prefer: wait=0").status()).isEqualTo(504);
      assertThat(holdfast.gauge("holdfast.fills.without.callers")).isEqualTo(2);

      var refused = holdfast.get("/3");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.header("Cache-Status")).isEqualTo("holdfast;fwd=uri-miss;detail=overload");
      assertThat(refused.text())
          .contains("urn:holdfast:problem:overloaded", "that nobody waits for");
      assertThat(origin.requests("/3")).isZero();
      assertThat(holdfast.get("/hit").header("Cache-Status")).contains(";hit;");
      String own = "Cache-Control: no-store"; // ends with its caller
      assertThat(holdfast.get("/other", own).text()).isEqualTo("other");
      patient.get("/catalog/1"); // joins, and so it is awaited again
      Await.until(() -> holdfast.attached() == 1, "joined");
      assertThat(holdfast.gauge("holdfast.fills.without.callers")).isEqualTo(1);

      gate.open();
      assertThat(patient.readResponse().text()).isEqualTo("held");
      holdfast.awaitNothingLeft();
      assertThat(holdfast.gauge("holdfast.fills.without.callers")).isZero();
      assertThat(holdfast.get("/1").header("Cache-Status")).contains(";hit;");
      assertThat(holdfast.get("/2").header("Cache-Status")).contains(";hit;");
      assertThat(holdfast.fills("rejected")).isEqualTo(1);
      assertThat(holdfast.fills("stored")).isEqualTo(4); // with the hit and the other
    }
  }

  @Test
  void asManyRunForNobodyAsMay_whatIsStaleIsServed_andNotFetchedAnew() {
    origin.on("/1", exchange -> exchange.ok("one", STALE));
    origin.on("/2", exchange -> exchange.ok("two", STALE));
    try (var holdfast = Holdfast.inFrontOf(origin, "max-abandoned-fills=1")) {
      holdfast.get("/1");
      holdfast.get("/2");
      hold("/1");
      hold("/2");

      assertThat(holdfast.get("/1").text()).isEqualTo("one");
      assertThat(holdfast.get("/2").text()).isEqualTo("two");
      origin.awaitRequests("/1", 2);
      assertThat(holdfast.gauge("holdfast.fills.in.flight")).isEqualTo(1);
      gate.open();
      holdfast.awaitNothingLeft();

      assertThat(holdfast.get("/2").text()).isEqualTo("two");
      origin.awaitRequests("/2", 2);
      holdfast.awaitNothingLeft();
    }
  }

  @Test
  void cancel_lastCallerHasLeft_fetchIsGivenUp() {
    hold("/1");
    hold("/kept/2");
    try (var holdfast =
        Holdfast.inFrontOf(
            origin,
            "caller-timeout=50ms",
            "abandoned-fills=cancel",
            "rules[0].paths=/kept/**",
            "rules[0].abandoned-fills=complete")) {
      var problem = holdfast.get("/1");
      assertThat(problem.status()).isEqualTo(504);
      assertThat(problem.text()).doesNotContain("continues");
      origin.awaitAbortedByPeer(1);
      assertThat(holdfast.get("/kept/2").text()).contains("continues");

      gate.open();
      holdfast.awaitNothingLeft();
      assertThat(holdfast.fills("abandoned")).isEqualTo(1);
      assertThat(holdfast.get("/kept/2").header("Cache-Status")).contains(";hit;");
    }
  }

  @Test
  void cancel_whatIsFetchedForNobodyFromTheStart_isFinished() {
    origin.on("/1", exchange -> exchange.ok("old", STALE));
    try (var holdfast = Holdfast.inFrontOf(origin, "abandoned-fills=cancel")) {
      holdfast.get("/1");
      origin.on("/1", exchange -> exchange.ok("new", FRESH));

      assertThat(holdfast.get("/1").text()).isEqualTo("old");
      holdfast.awaitNothingLeft();

      assertThat(holdfast.get("/1").text()).isEqualTo("new");
    }
  }
}
