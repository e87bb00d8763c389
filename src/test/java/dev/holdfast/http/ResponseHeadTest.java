package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §8.6, RFC 9112 §6.3: a response's head and the length of its content")
class ResponseHeadTest {

  @DisplayName("§8.6: Content-Length is digits")
  @ParameterizedTest(name = "[{0}] is {1}")
  @CsvSource({
    "0, 0",
    "5, 5",
    "' 5\t', 5",
    "0005, 5",
    "4294967296, 4294967296",
    "999999999999999999, 999999999999999999",
  })
  void digits_areTheLength(String value, long length) {
    assertThat(head(200, "content-LENGTH", value).contentLength()).hasValue(length);
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "-1",
        "-0",
        "+5",
        "5.0",
        "0x5",
        "5 5",
        "5, 5",
        "five",
        "\u0665",
        "9223372036854775808",
        "99999999999999999999999999",
      })
  void anythingElse_isNoLength(String value) {
    assertThat(head(200, "Content-Length", value).contentLength()).isEmpty();
    assertThat(head(200, "Content-Length", value).isWhole()).isFalse();
  }

  @Test
  void absentField_isNoLength() {
    assertThat(head(200).contentLength()).isEmpty();
  }

  @DisplayName("RFC 9112 §6.3: 204 and 304 have no content, and a length of 0 is none")
  @ParameterizedTest(name = "{0}, Content-Length {1}: {2}")
  @CsvSource({
    "200, 0, true",
    "404, 0, true",
    "204, 5, true",
    "304, 5, true",
    "200, 5, false",
    "205, 5, false",
  })
  void head_isWholeWhereNothingFollows(int status, String length, boolean whole) {
    assertThat(head(status, "Content-Length", length).isWhole()).isEqualTo(whole);
  }

  @ParameterizedTest(name = "{0} without Content-Length: {1}")
  @CsvSource({"204, true", "304, true", "200, false", "500, false"})
  void headWithoutLength_isWholeByItsStatus(int status, boolean whole) {
    assertThat(head(status).isWhole()).isEqualTo(whole);
  }

  @DisplayName("§6.6.1: a missing Date is when the response was received; any that is there stays")
  @Test
  void missingDate_isThatOfTheReceipt() {
    Instant received = Instant.parse("2026-11-23T12:00:00.9Z");
    ResponseHead bare = new ResponseHead(203, "Just So", Fields.of("A", "1"), "1.0");
    Fields dated = Fields.of("A", "1", "Date", "Mon, 23 Nov 2026 12:00:00 GMT");

    assertThat(bare.dated(received)).isEqualTo(new ResponseHead(203, "Just So", dated, "1.0"));
    assertThat(head(200, "date", "yesterday").dated(received))
        .isEqualTo(head(200, "date", "yesterday"));
  }

  @Test
  void weight_growsWithWhatIsCarried() {
    int bare = new ResponseHead(200, "", Fields.EMPTY, "1.1").weightBytes();
    int reason = new ResponseHead(200, "OK", Fields.EMPTY, "1.1").weightBytes();
    int field = new ResponseHead(200, "", Fields.of("A", "123"), "1.1").weightBytes();

    assertThat(reason - bare).as("in steps of eight").isEqualTo(8);
    assertThat(field - bare).as("two strings, two references").isEqualTo(2 * 48 + 8);
  }

  private static ResponseHead head(int status, String... fields) {
    return new ResponseHead(status, "", Fields.of(fields), "1.1");
  }
}
