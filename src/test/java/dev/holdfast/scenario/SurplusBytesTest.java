package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes behind a response's end are nobody's answer: they go, and their connection with them. */
class SurplusBytesTest extends SharedHoldfast {

  private static final String POISON = "HTTP/1.1 200 OK\\r\\nContent-Length: 6\\r\\n\\r\\npoison";

  SurplusBytesTest() {
    super(
        "path-prefix=/",
        "caller-timeout=20s",
        "connect-timeout=20s",
        "pool.max-idle-time=1m",
        "pool.max-connections=1"); // else a request may come before the last one's is free
    origin.on("/next", exchange -> exchange.ok("its own"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 200 OK, Content-Length: 2, hi, hi",
    "GET, 200 OK, Transfer-Encoding: chunked, '2\\r\\nhi\\r\\n0\\r\\n\\r\\n', hi",
    "HEAD, 200 OK, Content-Length: 2, hi, ''",
    "GET, 204 No Content, X: y, '', ''",
    "GET, 304 Not Modified, ETag: \"1\", '', ''",
  })
  void surplus_isDroppedWithItsConnection(
      String method, String status, String field, String content, String body) {
    for (String surplus : new String[] {"x", "\\r\\n\\r\\nx", POISON, POISON.repeat(2_000)}) {
      next();
      int before = origin.connections();
      String answer = "HTTP/1.1 " + status + "\\r\\n" + field + "\\r\\n\\r\\n" + content;
      origin.on("/a", exchange -> exchange.send((answer + surplus).translateEscapes()));

      assertThat(RawCaller.once(holdfast.port(), method, "/a").text()).isEqualTo(body);
      next();

      assertThat(origin.connections()).isEqualTo(before + 1);
    }
  }

  @Test
  void surplusWhileNothingIsAsked_closesTheConnection() {
    next();
    int before = origin.connections();
    var answered = new Gate();
    origin.on(
        "/a",
        exchange -> {
          exchange.ok("hi");
          exchange.await(answered);
          exchange.send(POISON.translateEscapes());
          exchange.hangUntilClosed();
        });

    assertThat(RawCaller.once(holdfast.port(), "GET", "/a").text()).isEqualTo("hi");
    answered.open();
    origin.awaitNoOpenConnections();

    next();
    assertThat(origin.connections()).isEqualTo(before + 1);
  }

  @Test
  void nothingBehindTheEnd_connectionIsKept() {
    next();
    int before = origin.connections();
    for (int i = 0; i < 3; i++) {
      next();
    }
    assertThat(origin.connections()).isEqualTo(before);
  }

  private void next() {
    assertThat(RawCaller.once(holdfast.port(), "GET", "/next").text()).isEqualTo("its own");
  }
}
