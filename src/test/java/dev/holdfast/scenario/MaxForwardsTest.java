package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 §7.6.2: a TRACE or OPTIONS goes as far as its Max-Forwards lets it. */
class MaxForwardsTest extends SharedHoldfast {

  MaxForwardsTest() {
    super("path-prefix=/", "caller-timeout=20s");
    origin.otherwise(exchange -> exchange.ok("the origin's"));
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, 1, 0",
    "TRACE, 10, 9",
    "OPTIONS, -1, -1",
    "OPTIONS, x, x",
    "GET, 0, 0",
    "POST, 7, 7",
  })
  void mayGoOn_isForwardedWithOneLess(String method, String sent, String received) {
    var answer = RawCaller.once(holdfast.port(), method, "/a", "max-forwards: " + sent);

    assertThat(answer.text()).isEqualTo("the origin's");
    var last = origin.requests().get(origin.requestsTotal() - 1);
    assertThat(last.headers("Max-Forwards")).containsExactly(received);
  }

  @Test
  void optionsAtItsEnd_isAnsweredHere() {
    int before = origin.requestsTotal();

    var answer = RawCaller.once(holdfast.port(), "OPTIONS", "/a", "Max-Forwards: 0");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("0");
    assertThat(answer.header("Cache-Status")).isEqualTo("holdfast;detail=max-forwards");
    assertThat(origin.requestsTotal()).isEqualTo(before);
  }

  @Test
  void traceAtItsEnd_showsTheRequestWithoutItsSecrets() {
    int before = origin.requestsTotal();

    var answer =
        RawCaller.once(
            holdfast.port(),
            "TRACE",
            "/a?b",
            "Max-Forwards: 0",
            "X-A: 1",
            "Cookie: secret",
            "Authorization: secret");

    assertThat(answer.header("Content-Type")).isEqualTo("message/http");
    assertThat(answer.text())
        .startsWith("TRACE /a?b HTTP/1.1\r\nHost: ")
        .endsWith("X-A: 1\r\n\r\n")
        .doesNotContain("secret");
    assertThat(origin.requestsTotal()).isEqualTo(before);
  }
}
