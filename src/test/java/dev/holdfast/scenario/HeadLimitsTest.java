package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Request lines of 8 KiB and heads of 32 KiB are taken, on both sides, and longer ones not. */
class HeadLimitsTest extends SharedHoldfast {

  private static final int LINE = 8 * 1024;
  private static final int HEAD = 32 * 1024;

  HeadLimitsTest() {
    super("caller-timeout=20s", "resend=false");
    origin.otherwise(exchange -> exchange.ok("ok"));
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "1, 414"})
  void requestLine(int more, int status) {
    assertThat(statusForLine(holdfast, LINE + more)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "1, 431"})
  void requestHead(int more, int status) {
    assertThat(statusForHead(holdfast, HEAD + more)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "1, 502"})
  void responseHead(int more, int status) {
    origin.on(
        "/response",
        exchange -> {
          exchange.send("HTTP/1.1 200 OK\r\n" + fields(HEAD + more, "Content-Length: 2"));
          exchange.send("\r\nok");
        });

    var answer = holdfast.get("/response");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text().equals("ok")).isEqualTo(status == 200);
  }

  @Test
  void otherLimits_areConfigured() {
    try (var other =
        Holdfast.inFrontOf(
            origin,
            "caller-timeout=20s",
            "server.netty.max-initial-line-length=1KB",
            "server.max-http-request-header-size=2KB")) {
      assertThat(statusForLine(other, 1024)).isEqualTo(200);
      assertThat(statusForLine(other, 1025)).isEqualTo(414);
      assertThat(statusForHead(other, 2048)).isEqualTo(200);
      assertThat(statusForHead(other, 2049)).isEqualTo(431);
    }
  }

  /** The line without its CRLF has that length. */
  private static int statusForLine(Holdfast holdfast, int length) {
    var line = "GET /catalog/? HTTP/1.1";
    var target = "/catalog/?" + "x".repeat(length - line.length());
    return RawCaller.once(holdfast.port(), "GET", target).status();
  }

  private static int statusForHead(Holdfast holdfast, int length) {
    try (var caller = holdfast.caller()) {
      caller.send("GET /catalog/a HTTP/1.1\r\n" + fields(length, "Host: h") + "\r\n");
      return caller.readResponse().status();
    }
  }

  /** Field lines of that length in all, without their CRLFs. */
  private static String fields(int length, String first) {
    var fields = new StringBuilder(first).append("\r\n");
    var left = length - first.length();
    while (left > 0) {
      var line = Math.min(left, 4096);
      fields.append("X-").append("y".repeat(4)).append(": ");
      fields.append("z".repeat(Math.max(0, line - 8))).append("\r\n");
      left -= line;
    }
    return fields.toString();
  }
}
