package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers over TLS who do not come to their request; one who does is answered meanwhile. */
class TlsHandshakesTest extends SharedHoldfast {

  private static final String HERE = "127.0.0.1";
  private static final Certificates CERTIFICATES = certificates();

  TlsHandshakesTest() {
    super(
        Certificates.all(
            bundle(),
            "server.ssl.bundle=callers",
            "server.http2.enabled=true",
            "holdfast.callers.head-timeout=3s",
            "holdfast.callers.idle-timeout=1s"));
    origin.otherwise(exchange -> exchange.ok("ok", "Cache-Control: max-age=60"));
  }

  /** Nothing; a record's first bytes; a record of which most is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\26\3", "\26\3\1\2\0\1\0\1"})
  void handshakeIsNotCompleted_itIsClosed(String begun) throws Exception {
    try (var prompt = caller();
        var slow = RawCaller.connect(holdfast.port())) {
      assertThat(prompt.exchange("GET", "/catalog/a").status()).isEqualTo(200);
      slow.send(begun);

      slow.readToClose();
      assertThat(caller().exchange("GET", "/catalog/a").status()).isEqualTo(200);
    }
  }

  @Test
  void handshakeIsAllThereIs_itIsClosed() throws Exception {
    try (var slow = caller()) {
      assertThat(slow.readToClose().bytes()).isEmpty();
    }
  }

  @Test
  void nothingFollowsARequest_itIsClosed_withTlsEndedAsItShould() throws Exception {
    try (var idle = caller()) {
      assertThat(idle.exchange("GET", "/catalog/a").status()).isEqualTo(200);

      assertThat(idle.readToClose().whole()).isTrue();
    }
  }

  private RawCaller caller() throws Exception {
    return RawCaller.connect(holdfast.port(), CERTIFICATES.context(null));
  }

  private static Certificates certificates() {
    try {
      return new Certificates();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String[] bundle() {
    try {
      return CERTIFICATES.bundle("callers", CERTIFICATES.of(HERE));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
