package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What Holdfast answers itself: a problem with a type that does not change, never stored. */
class RefusalsTest {

  @Test
  void requestsThatCannotBeServed_areAnsweredWithAProblem() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin,
                "caller-timeout=50ms",
                "resilience4j.bulkhead.instances.catalog.max-concurrent-calls=1")) {
      var gate = new Gate();
      origin.onHeld("/held", gate);

      isProblem(RawCaller.once(holdfast.port(), "GET", "/elsewhere"), 404, "no-such-origin");
      isProblem(RawCaller.once(holdfast.port(), "GET", "/catalogue"), 404, "no-such-origin");
      isProblem(holdfast.get("/x", "Via: 1.0 other, 1.1 holdfast"), 508, "loop");
      try (var caller = holdfast.caller()) {
        caller.request("POST", "/catalog/x", "Transfer-Encoding: gzip, chunked");
        isProblem(caller.send("3\r\nabc\r\n0\r\n\r\n").readResponse(), 400, "bad-request");
      }
      isProblem(holdfast.get("/held"), 504, "caller-timeout");
      var overloaded = holdfast.get("/other");
      isProblem(overloaded, 503, "overloaded");
      assertThat(overloaded.header("Retry-After")).isEqualTo("1");
      assertThat(overloaded.header("Cache-Status")).contains("detail=overload");
      gate.open();
      holdfast.awaitNothingLeft();
      assertThat(origin.requestsTotal()).isEqualTo(1);
    }
  }

  @Test
  void poolWithoutAFreeConnection_is503_andWhoHasOneKeepsIt() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin, "caller-timeout=20s", "connect-timeout=100ms", "pool.max-connections=1");
        var first = holdfast.caller()) {
      var gate = new Gate();
      origin.onHeld("/held", gate);
      first.get("/catalog/held");
      origin.awaitRequests("/held", 1);

      isProblem(holdfast.get("/other"), 503, "overloaded");

      gate.open();
      assertThat(first.readResponse().text()).isEqualTo("ok");
      holdfast.awaitNothingLeft();
      assertThat(holdfast.fills("rejected")).isEqualTo(1);
      assertThat(origin.requestsTotal()).isEqualTo(1);
    }
  }

  @Test
  void originThatIsNotThere_is502() {
    var origin = new ScriptedOrigin();
    origin.close();
    try (var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s")) {
      var answer = holdfast.get("/x");
      isProblem(answer, 502, "origin-failed");
      assertThat(answer.text()).doesNotContain("127.0.0.1", Integer.toString(origin.port()));
    }
  }

  private static void isProblem(Response answer, int status, String type) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Cache-Status")).startsWith("holdfast;");
    assertThat(answer.text()).contains("\"urn:holdfast:problem:" + type + "\"", ":" + status);
  }
}
