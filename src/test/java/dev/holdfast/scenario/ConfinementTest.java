package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No request, and no response, has a connection made to anywhere but a configured origin. */
class ConfinementTest extends SharedHoldfast {

  private final ScriptedOrigin elsewhere = new ScriptedOrigin();

  ConfinementTest() {
    super("path-prefix=/", "caller-timeout=20s");
    origin.otherwise(exchange -> exchange.ok("here"));
    elsewhere.otherwise(exchange -> exchange.ok("elsewhere"));
  }

  @AfterAll
  void stopElsewhere() {
    elsewhere.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//{}/x",
        "///{}/x",
        "/@{}/x",
        "/x@{}/",
        "//u@{}/x",
        "/:@{}/",
        "/http://{}/x",
        "/x?http://{}/",
        "/%2f%2f{}/x",
        "/x/..//{}/",
        "/;@{}",
        "http://{}/x",
        "http://{}",
        "https://{}/x?y",
      })
  void targetThatNamesAnotherHost_goesToTheOrigin(String target) {
    for (String method : new String[] {"GET", "POST"}) {
      var answer = ask(method, target, "Host: {}");

      assertThat(answer.text()).isEqualTo("here");
    }
    isHere();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: {}",
        "X-Forwarded-Host: {}",
        "Forwarded: host=\"{}\"",
        "X-Host: {}",
        "X-Original-URL: http://{}/",
        "X-Rewrite-URL: //{}/",
        "Referer: http://{}/",
        "Origin: http://{}",
        "X-Forwarded-For: {}",
        "Via: 1.1 {}",
        "X-Wap-Profile: http://{}/",
      })
  void fieldThatNamesAnotherHost_changesNothing(String field) {
    assertThat(ask("GET", "/x", field).text()).isEqualTo("here");
    isHere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"301 X", "302 X", "303 X", "307 X", "308 X", "305 X", "201 X", "300 X"})
  void responseThatNamesAnotherHost_isPassedOnAndNotFollowed(String status) {
    String base = elsewhere.baseUrl();
    origin.on(
        "/moved",
        exchange ->
            exchange.answer(
                status,
                "",
                "Location: " + base + "/x",
                "Content-Location: " + base + "/y",
                "Refresh: 0; url=" + base,
                "Link: <" + base + "/z>; rel=preload",
                "Alt-Svc: h2=\"" + base + "\""));
    for (String method : new String[] {"GET", "POST"}) {
      var answer = ask(method, "/moved");

      assertThat(answer.head().statusLine()).endsWith(status);
      assertThat(answer.header("Location")).isEqualTo(base + "/x");
    }
    isHere();
  }

  /** Whoever does connect there is counted. */
  @Test
  void connectionElsewhere_wouldShow() {
    try (var third = new ScriptedOrigin()) {
      third.otherwise(exchange -> exchange.ok("elsewhere"));
      RawCaller.once(third.port(), "GET", "/");
      assertThat(third.connections()).isOne();
    }
  }

  private Response ask(String method, String target, String... fields) {
    String there = "127.0.0.1:" + elsewhere.port();
    String[] written =
        List.of(fields).stream().map(field -> field.replace("{}", there)).toArray(String[]::new);
    return RawCaller.once(holdfast.port(), method, target.replace("{}", there), written);
  }

  private void isHere() {
    holdfast.awaitNothingLeft();
    assertThat(elsewhere.connections()).isZero();
    assertThat(origin.requests())
        .extracting(request -> request.header("Host"))
        .containsOnly("127.0.0.1:" + origin.port());
  }
}
