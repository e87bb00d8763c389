package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be forwarded safely is refused, and what is like it is not. */
class UnforwardableTest extends SharedHoldfast {

  UnforwardableTest() {
    super("path-prefix=/", "caller-timeout=20s");
    origin.otherwise(exchange -> exchange.ok("ok"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "cache-control",
        "CONTENT-LENGTH",
        "Content-Type",
        "Cookie",
        "Host",
        "If-None-Match",
        "Max-Forwards",
        "Origin",
        "Pragma",
        "Range",
        "Transfer-Encoding",
        "Via",
      })
  void connectionNamesACriticalField_isRefused(String name) {
    isRefused(get("Connection: close, " + name), name);
    isRefused(get("Connection: X-Own", "connection: " + name), name);
  }

  @Test
  void connectionNamesAnotherField_isForwardedWithoutIt() {
    assertThat(get("Connection: X-Own", "X-Own: 1", "Via: 1.1 x").status()).isEqualTo(200);

    var received = origin.requests().get(origin.requestsTotal() - 1);
    assertThat(received.header("X-Own")).isNull();
    assertThat(received.headers("Via")).containsExactly("1.1 x", "1.1 holdfast");
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "WebSocket", "foo, websocket"})
  void websocketHandshake_isRefused(String upgrade) {
    String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    isRefused(get("Connection: keep-alive, Upgrade", "Upgrade: " + upgrade, key), "websocket");
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade, h2c",
    "Upgrade, foo/2",
    "close, websocket",
    "'HTTP2-Settings, Upgrade', h2c"
  })
  void otherUpgrade_isIgnored(String connection, String upgrade) {
    assertThat(get("Connection: " + connection, "Upgrade: " + upgrade).text()).isEqualTo("ok");

    assertThat(origin.requests().get(origin.requestsTotal() - 1).header("Upgrade")).isNull();
  }

  @Test
  void connect_isRefused() {
    int before = origin.requestsTotal();
    for (String target : new String[] {"localhost:80", "/a"}) {
      assertThat(RawCaller.once(holdfast.port(), "CONNECT", target).status()).isEqualTo(400);
    }
    assertThat(origin.requestsTotal()).isEqualTo(before);
  }

  @Test
  void originSwitchesProtocols_is502() {
    origin.on(
        "/switch",
        exchange -> {
          exchange.head("101 Switching Protocols", "Connection: upgrade", "Upgrade: websocket");
          exchange.hangUntilClosed();
        });
    assertThat(RawCaller.once(holdfast.port(), "GET", "/switch").status()).isEqualTo(502);
    assertThat(get().text()).isEqualTo("ok");
  }

  private Response get(String... fields) {
    return RawCaller.once(holdfast.port(), "GET", "/a", fields);
  }

  private void isRefused(Response answer, String why) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text()).contains("urn:holdfast:problem:bad-request");
    assertThat(answer.text()).containsIgnoringCase(why);
  }
}
