package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A kept-alive connection that the origin closes just as a request is sent on it. */
class ResendTest {

  private enum End {
    ORDERLY,
    RESET,
    AFTER_A_BYTE
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"ORDERLY", "RESET"})
  void reusedConnectionClosesUnanswered_requestIsSentOnceMore(End how) {
    try (var origin = new ScriptedOrigin();
        var holdfast = inFrontOf(origin)) {
      begin(holdfast, origin);
      origin.on("/a", exchange -> onceThenAnswer(exchange, how));

      var answer = holdfast.get("/a");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(origin.requests("/a")).isEqualTo(2);
      assertThat(origin.requests().get(1).connectionId()).as("reused").isEqualTo(1);
      assertThat(origin.requests().get(2).connectionId()).isEqualTo(2);
      holdfast.awaitNothingLeft();
    }
  }

  @Test
  void secondTryFailsToo_isTheLast() {
    try (var origin = new ScriptedOrigin();
        var holdfast = inFrontOf(origin)) {
      begin(holdfast, origin);
      origin.on("/a", Exchange::closeOrderly);

      assertThat(holdfast.get("/a").status()).isEqualTo(502);
      assertThat(origin.requests("/a")).isEqualTo(2);
      assertThat(holdfast.get("/a").status()).as("on a fresh connection").isEqualTo(502);
      assertThat(origin.requests("/a")).isEqualTo(3);
    }
  }

  @Test
  void answerHasBegun_isNotSentAgain() {
    try (var origin = new ScriptedOrigin();
        var holdfast = inFrontOf(origin)) {
      begin(holdfast, origin);
      origin.on("/a", exchange -> onceThenAnswer(exchange, End.AFTER_A_BYTE));

      assertThat(holdfast.get("/a").status()).isEqualTo(502);
      assertThat(origin.requests("/a")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void requestThatMustNotBeRepeated_isNotSentAgain(String method) {
    try (var origin = new ScriptedOrigin();
        var holdfast = inFrontOf(origin)) {
      begin(holdfast, origin);
      origin.on("/a", exchange -> onceThenAnswer(exchange, End.ORDERLY));

      assertThat(RawCaller.once(holdfast.port(), method, "/catalog/a").status()).isEqualTo(502);
      assertThat(origin.requests("/a")).isEqualTo(1);
    }
  }

  @Test
  void resendSwitchedOff_isNotSentAgain() {
    try (var origin = new ScriptedOrigin();
        var holdfast = inFrontOf(origin, "resend=false")) {
      begin(holdfast, origin);
      origin.on("/a", exchange -> onceThenAnswer(exchange, End.ORDERLY));

      assertThat(holdfast.get("/a").status()).isEqualTo(502);
      assertThat(origin.requests("/a")).isEqualTo(1);
    }
  }

  /** With one connection, which a request waits for until the last one's has been given back. */
  private static Holdfast inFrontOf(ScriptedOrigin origin, String... more) {
    var alone = Stream.of("caller-timeout=20s", "connect-timeout=20s", "pool.max-connections=1");
    return Holdfast.inFrontOf(
        origin, Stream.concat(alone, Arrays.stream(more)).toArray(String[]::new));
  }

  /** Leaves one connection in the pool. */
  private static void begin(Holdfast holdfast, ScriptedOrigin origin) {
    origin.on("/first", exchange -> exchange.ok("ok"));
    holdfast.get("/first");
    holdfast.awaitNothingLeft();
    assertThat(origin.openConnections()).isEqualTo(1);
  }

  private static void onceThenAnswer(Exchange exchange, End how) {
    if (exchange.request().nth() > 1) {
      exchange.ok("ok");
    } else if (how == End.RESET) {
      exchange.reset();
    } else {
      if (how == End.AFTER_A_BYTE) {
        exchange.send("H");
      }
      exchange.closeOrderly();
    }
  }
}
