package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that may be read as others, or as more: none is stored, and its connection ends. */
class ResponseSplittingTest extends SharedHoldfast {

  private static final String BEGIN = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";

  ResponseSplittingTest() {
    super(
        "path-prefix=/",
        "caller-timeout=20s",
        "connect-timeout=20s",
        "resend=false",
        "pool.max-idle-time=1m",
        "pool.max-connections=1");
    origin.on("/next", exchange -> exchange.ok("its own"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: a\\nSet-Cookie: b\\r\\nContent-Length: 2\\r\\n\\r\\nok",
        "X: a\\rSet-Cookie: b\\r\\nContent-Length: 2\\r\\n\\r\\nok",
        "X: a\\0\\r\\nContent-Length: 2\\r\\n\\r\\nok",
        "X: a\\n\\nHTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok",
        "X\\r\\nContent-Length: 2\\r\\n\\r\\nok",
        "Content-Length: 2\\r\\nContent-Length: 3\\r\\n\\r\\nok!",
        "Content-Length: 2, 3\\r\\n\\r\\nok!",
        "Content-Length: +2\\r\\n\\r\\nok",
        "Content-Length: 0x2\\r\\n\\r\\nok",
        "Content-Length: 2\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n",
        "Transfer-Encoding: chunked\\r\\nContent-Length: 2\\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n",
        "Transfer-Encoding: chunked, chunked\\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n",
        "Transfer-Encoding: chunked, identity\\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n",
        "Transfer-Encoding: xchunked\\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n",
        "Content-Length: 2\\n\\r\\nok",
      })
  void responseThatMayBeReadOtherwise_is502(String rest) {
    String target = "/split?" + rest.hashCode();
    origin.on(target, exchange -> exchange.send(BEGIN + rest.translateEscapes()));

    assertThat(get(target).status()).isEqualTo(502);

    isNotStored(target);
  }

  private Response get(String target) {
    return RawCaller.once(holdfast.port(), "GET", target);
  }

  private void isNotStored(String target) {
    int before = origin.connections();
    assertThat(get("/next").text()).isEqualTo("its own");
    assertThat(origin.connections()).isEqualTo(before + 1);
    origin.on(target, exchange -> exchange.ok("well"));
    assertThat(get(target).text()).isEqualTo("well");
    get("/next");
    assertThat(origin.connections()).as("one that is kept").isEqualTo(before + 1);
  }
}
