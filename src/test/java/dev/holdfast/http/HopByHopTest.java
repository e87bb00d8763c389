package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §7.6.1, RFC 9111 §3.1: fields of one connection")
class HopByHopTest {

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authenticate",
        "Proxy-Authentication-Info",
        "Proxy-Authorization",
        "TE",
        "te",
        "Trailer",
        "Transfer-Encoding",
        "TRANSFER-ENCODING",
        "Upgrade",
        "Expect",
      })
  void fieldOfTheConnection_isRemoved(String name) {
    assertThat(HopByHop.removedFrom(Fields.of("A", "1", name, "x", "B", "2")))
        .isEqualTo(Fields.of("A", "1", "B", "2"));
  }

  @DisplayName("§7.6.1: what Connection names is removed, whatever its case, over all lines")
  @Test
  void namedField_isRemoved() {
    Fields fields =
        Fields.of("connection", "close, X-One", "X-ONE", "1", "Connection", "x-two", "X-Two", "2");

    assertThat(HopByHop.removedFrom(fields)).isEqualTo(Fields.EMPTY);
    assertThat(HopByHop.removedFrom(Fields.of("X-One", "1", "Connection", "close, X-Two")))
        .isEqualTo(Fields.of("X-One", "1"));
  }

  @Test
  void endToEndFields_stayAsTheyAre() {
    Fields fields =
        Fields.of(
            "Content-Length",
            "3",
            "Cache-Control",
            "no-store",
            "set-cookie",
            "a=b",
            "Set-Cookie",
            "c=d",
            "Authorization",
            "Basic eA==",
            "Closed",
            "close");

    assertThat(HopByHop.removedFrom(fields)).isEqualTo(fields);
  }
}
