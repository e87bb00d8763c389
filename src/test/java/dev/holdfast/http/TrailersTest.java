package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §6.5: trailer fields")
class TrailersTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "X-Sum, X-Sum",
        "'X-Sum,,  etag', 'X-Sum, etag'",
        "'X-Sum, Content-Digest', 'X-Sum, Content-Digest'",
        "'a b, X-Sum', X-Sum",
        "'', -",
        "CONTENT-LENGTH, -",
        "content-type, -",
        "If-Match, -",
        "Transfer-Encoding, -",
        "Cache-Control, -",
        "Set-Cookie, -",
        "WWW-Authenticate, -",
        "Trailer, -",
        "x-hop, -",
      })
  void announced_areThoseThatMayFollow(String received, String announced) {
    assertThat(Trailers.announcedBy(chunked("Trailer", received))).isEqualTo(announced);
  }

  @Test
  void severalAnnouncements_areOne() {
    assertThat(Trailers.announcedBy(chunked("Trailer", "a, Age", "trailer", "B")))
        .isEqualTo("a, B");
  }

  @Test
  void bodyIsNotChunked_nothingIsAnnounced() {
    assertThat(Trailers.announcedBy(Fields.of("Trailer", "a", "Content-Length", "5"))).isNull();
  }

  @Test
  void fieldsBehindTheBody_areThoseAnnounced() {
    Fields behind = Fields.of("X-SUM", "1", "Other", "2", "x-sum", "3");

    assertThat(Trailers.announced(behind, Fields.of("Trailer", "a, X-Sum")))
        .isEqualTo(Fields.of("X-SUM", "1", "x-sum", "3"));
    assertThat(Trailers.announced(behind, Fields.EMPTY)).isEqualTo(Fields.EMPTY);
  }

  private static Fields chunked(String... fields) {
    return Fields.builder()
        .add("Transfer-Encoding", "chunked")
        .add("Connection", "X-Hop")
        .addAll(Fields.of(fields))
        .build();
  }
}
