package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §10.1.1: a caller that waits for 100 gets it when its body is wanted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpectationsTest {

  private static final String WAITS = "Expect: 100-continue";

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private Holdfast holdfast;

  @BeforeAll
  void start() {
    holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s");
    origin.otherwise(exchange -> exchange.ok("got " + exchange.request().body().text()));
  }

  @AfterAll
  void stop() {
    holdfast.close();
    origin.close();
  }

  @Test
  void bodyIsWanted_callerIsTold_andTheOriginIsNot() {
    try (var caller = holdfast.caller()) {
      caller.request("POST", "/catalog/a", WAITS, "Content-Length: 5");
      assertThat(caller.readHead().statusLine()).isEqualTo("HTTP/1.1 100 Continue");

      assertThat(caller.send("hello").readResponse().text()).isEqualTo("got hello");

      assertThat(caller.exchange("GET", "/catalog/b").text()).isEqualTo("got ");
    }
    assertThat(origin.requests().get(0).header("Expect")).isNull();
  }

  /** RFC 9110 §15.2: callers of HTTP/1.0 know no interim responses. */
  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1"})
  void callerOfHttp10_getsTheFinalResponseAlone(String version) {
    try (var caller = holdfast.caller()) {
      var answer =
          caller
              .send("POST /catalog/old HTTP/" + version + "\r\nHost: h\r\n" + WAITS + "\r\n")
              .send("Content-Length: 5\r\n\r\nhello")
              .readResponse();

      assertThat(answer.text()).isEqualTo("got hello");
      assertThat(answer.interim()).hasSize(version.equals("1.0") ? 0 : 1);
    }
  }

  @Test
  void requestIsRefused_bodyIsNotAskedFor() {
    try (var caller = holdfast.caller()) {
      caller.request("POST", "/nowhere", WAITS, "Content-Length: 5");

      assertThat(caller.readHead().status()).isEqualTo(404);
      assertThat(caller.readBody().text()).contains("no-such-origin");
      assertThat(caller.readToClose().whole()).isTrue();
    }
  }

  @Test
  void otherExpectation_isIgnored() {
    var answer = holdfast.get("/other", "Expect: a-wonder");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.interim()).isEmpty();
  }
}
