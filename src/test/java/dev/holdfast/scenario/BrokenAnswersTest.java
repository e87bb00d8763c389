package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Truncated, reset and garbled answers are never complete for a caller and never stored. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenAnswersTest {

  private static final String FRESH = "Cache-Control: max-age=60\r\n";

  static final List<Arguments> AFTER_THE_HEAD =
      List.of(
          broken("shortAgainstItsLength", x -> cut(x, "Content-Length: 10\r\n\r\n01234")),
          broken("resetAgainstItsLength", x -> reset(x, "Content-Length: 10\r\n\r\n01234")),
          broken("noLastChunk", x -> cut(x, "Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n")),
          broken("cutInAChunk", x -> cut(x, "Transfer-Encoding: chunked\r\n\r\n5\r\n012")),
          broken(
              "badChunkSize",
              x -> cut(x, "Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\nxy\r\n")),
          broken("resetInsteadOfClose", x -> reset(x, "Connection: close\r\n\r\n01234")));

  static final List<Arguments> BEFORE_THE_HEAD =
      List.of(
          broken("closesAtOnce", Exchange::closeOrderly),
          broken("resetsAtOnce", Exchange::reset),
          broken("cutInTheHead", x -> raw(x, "HTTP/1.1 200 OK\r\nCache-Con")),
          broken("notHttp", x -> raw(x, "hello\r\n\r\n")),
          broken("badLength", x -> raw(x, "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n")),
          broken(
              "twoLengths",
              x -> raw(x, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")),
          broken("unaskedSwitch", x -> raw(x, "HTTP/1.1 101 Switching Protocols\r\n\r\n")),
          broken("statusTooLong", x -> raw(x, "HTTP/1.1 1000 Odd\r\nContent-Length: 0\r\n\r\n")),
          broken("coded", x -> cut(x, "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")),
          broken("codedToItsClose", x -> cut(x, "Transfer-Encoding: gzip\r\n\r\n01234")),
          broken(
              "codedWithLength",
              x -> cut(x, "Transfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\n01234")),
          broken(
              "headTooLong",
              x -> raw(x, "HTTP/1.1 200 OK\r\nX: " + "y".repeat(40_000) + "\r\n\r\n")));

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private Holdfast holdfast;

  @BeforeAll
  void start() {
    holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s", "resend=false");
  }

  @AfterAll
  void stop() {
    holdfast.close();
    origin.close();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("AFTER_THE_HEAD")
  void brokenAfterTheHead_isCutOffAndNotStored(String target, Script script) {
    origin.on(target, script);

    var answer = holdfast.get(target);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.whole()).isFalse();
    isNotStored(target);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("BEFORE_THE_HEAD")
  void brokenBeforeTheHead_is502AndNotStored(String target, Script script) {
    origin.on(target, script);

    var answer = holdfast.get(target);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("urn:holdfast:problem:origin-failed");
    isNotStored(target);
  }

  @Test
  void endedByAnOrderlyClose_isWholeAndStored() {
    origin.on("/closed", x -> cut(x, "Connection: close\r\n\r\n01234"));

    var answer = holdfast.get("/closed");

    assertThat(answer.whole()).isTrue();
    assertThat(answer.text()).isEqualTo("01234");
    assertThat(holdfast.get("/closed").header("Cache-Status")).contains(";hit;");
    assertThat(origin.requests("/closed")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: x", "Transfer-Encoding: gzip, chunked"})
  void brokenHeadOnAConnectionThatStaysOpen_itIsNotUsedAgain(String field) {
    var target = "/open" + field.length();
    origin.on(
        target,
        exchange -> {
          exchange.send("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n0\r\n\r\n");
          exchange.hangUntilClosed();
        });

    assertThat(holdfast.get(target).status()).isEqualTo(502);

    origin.awaitNoOpenConnections();
    isNotStored(target);
  }

  /** The next caller fetches afresh, and what it gets then is stored. */
  private void isNotStored(String target) {
    origin.on(target, exchange -> exchange.ok("well again", FRESH.strip()));
    assertThat(holdfast.get(target).text()).isEqualTo("well again");
    assertThat(holdfast.get(target).header("Cache-Status")).contains(";hit;");
    assertThat(origin.requests(target)).isEqualTo(2);
    holdfast.awaitNothingLeft();
  }

  private static Arguments broken(String name, Script script) {
    return Arguments.of("/" + name, script);
  }

  private static void cut(Exchange exchange, String rest) {
    exchange.send("HTTP/1.1 200 OK\r\n" + FRESH + rest);
    exchange.closeOrderly();
  }

  private static void reset(Exchange exchange, String rest) {
    exchange.send("HTTP/1.1 200 OK\r\n" + FRESH + rest);
    exchange.reset();
  }

  private static void raw(Exchange exchange, String bytes) {
    exchange.send(bytes);
    exchange.closeOrderly();
  }
}
