package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers of HTTP/1.0 know no chunks (RFC 9112 §6.1): the connection's end is the content's. */
class OldCallersTest {

  private static final String FRESH = "Cache-Control: max-age=60";

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private Holdfast holdfast;

  @BeforeEach
  void start() {
    holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s");
  }

  @AfterEach
  void stop() {
    holdfast.awaitNothingLeft();
    holdfast.close();
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Connection: keep-alive\r\n"})
  void lengthUnknown_contentEndsWithTheConnection(String field) {
    origin.on(
        "/chunked",
        exchange -> {
          exchange.chunkedHead(FRESH);
          exchange.chunk("hello");
          exchange.lastChunk();
        });
    for (String way : new String[] {"uri-miss", "hit"}) {
      try (var caller = holdfast.caller()) {
        var answer =
            caller.send("GET /catalog/chunked HTTP/1.0\r\n" + field + "\r\n").readToClose();

        assertThat(answer.whole()).isTrue();
        assertThat(answer.text())
            .contains(way)
            .endsWith("\r\n\r\nhello")
            .doesNotContainIgnoringCase("transfer-encoding");
      }
    }
  }

  @Test
  void lengthKnown_connectionMayStay() {
    origin.on("/length", exchange -> exchange.ok("hello", FRESH));
    try (var caller = holdfast.caller()) {
      String request = "GET /catalog/length HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";

      assertThat(caller.send(request).readResponse().text()).isEqualTo("hello");
      assertThat(caller.send(request).readResponse().header("Cache-Status")).contains(";hit;");
    }
  }

  @Test
  void brokenOff_connectionIsResetInsteadOfEnded() {
    origin.on(
        "/broken",
        exchange -> {
          exchange.chunkedHead(FRESH);
          exchange.chunk("hello");
          exchange.closeOrderly();
        });
    try (var caller = holdfast.caller()) {
      var answer = caller.send("GET /catalog/broken HTTP/1.0\r\n\r\n").readToClose();

      assertThat(answer.whole()).isFalse();
    }
  }
}
