package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All come at once and nothing is stored yet: the origin sees no more than it can take. */
class ColdStartTest {

  private static final int PERMITS = 4;
  private static final int IN_LINE = 30;

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final Gate gate = new Gate();
  private final Holdfast holdfast =
      Holdfast.inFrontOf(
          origin,
          "caller-timeout=25s",
          "max-queued-fills=" + IN_LINE,
          "resilience4j.bulkhead.instances.catalog.max-concurrent-calls=" + PERMITS);

  ColdStartTest() {
    origin.otherwise(
        exchange -> {
          exchange.await(gate);
          exchange.ok(exchange.request().target(), "Cache-Control: max-age=60");
        });
  }

  @AfterEach
  void stop() {
    gate.open();
    holdfast.awaitNothingLeft();
    holdfast.close();
    origin.close();
  }

  @Test
  void thousandCallersOfOneKey_oneFetch() {
    try (var callers = holdfast.callers(1000)) {
      callers.forEach(caller -> caller.get("/catalog/one"));
      Await.until(() -> holdfast.attached() == 1000, "all attached");
      gate.open();

      callers.forEach(caller -> assertThat(caller.readResponse().text()).isEqualTo("/one"));
    }
    holdfast.awaitNothingLeft();
    assertThat(origin.requestsTotal()).isEqualTo(1);
    assertThat(holdfast.fills("stored")).isEqualTo(1);
  }

  @Test
  void moreKeysThanPermits_restWaitsInLineAndIsServed_pastTheLineIsRefused() {
    try (var callers = holdfast.callers(PERMITS + IN_LINE);
        var tooMany = holdfast.caller()) {
      for (int i = 0; i < PERMITS + IN_LINE; i++) {
        callers.get(i).get("/catalog/" + i);
      }
      Await.until(() -> holdfast.gauge("holdfast.fills.queued") == IN_LINE, "the line is full");
      origin.awaitAtOnce(PERMITS);

      var refused = tooMany.exchange("GET", "/catalog/too-many");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text()).contains("urn:holdfast:problem:overloaded");
      assertThat(refused.header("Retry-After")).isNotNull();
      assertThat(origin.requestsTotal()).isEqualTo(PERMITS);

      gate.open();
      for (int i = 0; i < PERMITS + IN_LINE; i++) {
        assertThat(callers.get(i).readResponse().text()).isEqualTo("/" + i);
      }
    }
    holdfast.awaitNothingLeft();
    assertThat(origin.mostAtOnce()).isEqualTo(PERMITS);
    assertThat(origin.requests("/too-many")).isZero();
    assertThat(holdfast.fills("stored")).isEqualTo(PERMITS + IN_LINE);
    assertThat(holdfast.fills("rejected")).isEqualTo(1);
  }

  @Test
  void callerLeavesTheLine_itsPlaceIsFreeAndTheOriginNeverSeesItsKey() {
    try (var callers = holdfast.callers(PERMITS + 3);
        var other = holdfast.caller()) {
      for (int i = 0; i < PERMITS; i++) {
        callers.get(i).get("/catalog/" + i);
      }
      origin.awaitRequestsTotal(PERMITS);
      var inLine = List.of("/leaves", "/shared", "/stays");
      for (int i = 0; i < inLine.size(); i++) {
        callers.get(PERMITS + i).get("/catalog" + inLine.get(i));
      }
      other.get("/catalog/shared");
      Await.until(() -> holdfast.attached() == PERMITS + 4, "all attached");
      assertThat(holdfast.gauge("holdfast.fills.queued")).isEqualTo(3);

      callers.get(PERMITS).reset();
      callers.get(PERMITS + 1).close();

      Await.until(() -> holdfast.gauge("holdfast.fills.queued") == 2, "a place is given up");
      gate.open();
      assertThat(callers.get(PERMITS + 2).readResponse().text()).isEqualTo("/stays");
      assertThat(other.readResponse().text()).isEqualTo("/shared");
    }
    holdfast.awaitNothingLeft();
    assertThat(origin.requests("/leaves")).isZero();
    assertThat(holdfast.fills("abandoned")).isEqualTo(1);
    assertThat(holdfast.fills("stored")).isEqualTo(PERMITS + 2);
  }
}
