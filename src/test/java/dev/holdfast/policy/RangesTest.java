package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.ByteRange;
import dev.holdfast.http.ByteRanges;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Part;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §14, RFC 9111 §3.3: ranges of a response")
class RangesTest {

  private static final ResponseHead WHOLE =
      Given.response(
              200,
              "Date",
              Given.NOON_DATE,
              "Cache-Control",
              "max-age=60",
              "Content-Type",
              "text/plain",
              "Content-Language",
              "en",
              "Content-Length",
              "10",
              "ETag",
              "\"v1\"",
              "Last-Modified",
              "Mon, 16 Nov 2026 12:00:00 GMT",
              "Vary",
              "Accept",
              "X-Own",
              "1")
          .head();

  @ParameterizedTest(name = "{0} {1}: {2} is applied to {3}: {4}")
  @CsvSource({
    "GET, 'Range: bytes=0-1', 200, true",
    "GET, 'Range: bytes=0-1;;If-Range: \"v1\"', 200, true",
    "GET, 'Range: bytes=0-1;;If-Range: \"v0\"', 200, false",
    "GET, 'Range: bytes=0-1', 404, false",
    "GET, 'Range: items=0-1', 200, false",
    "GET, 'Range: bytes=x', 200, false",
    "GET, 'If-Range: \"v1\"', 200, false",
    "HEAD, 'Range: bytes=0-1', 200, false",
    "POST, 'Range: bytes=0-1', 200, false",
  })
  void range_appliesToAGetOfWhatIsFound(String method, String lines, int status, boolean applies) {
    RequestHead request = Given.request(method, Given.lines(lines));
    ResponseHead found = new ResponseHead(status, "", WHOLE.fields(), "1.1");

    assertThat(Ranges.selection(request, found, 10))
        .isEqualTo(
            applies ? new ByteRanges.Parts(List.of(new ByteRange(0, 1))) : new ByteRanges.Whole());
  }

  @ParameterizedTest(name = "{0}, of which {1} is stored: {2}")
  @CsvSource({
    "bytes=2-5, bytes 2-5/10, true",
    "bytes=3-4, bytes 2-5/10, true",
    "'bytes=2-2,4-5', bytes 2-5/10, true",
    "bytes=1-5, bytes 2-5/10, false",
    "bytes=2-6, bytes 2-5/10, false",
    "bytes=2-, bytes 2-5/10, false",
    "bytes=2-, bytes 2-9/10, true",
    "bytes=-4, bytes 6-9/10, true",
    "bytes=-5, bytes 6-9/10, false",
    "bytes=10-, bytes 2-9/10, false",
    "'bytes=2-2,6-6', bytes 2-5/10, false",
    "bytes=2-2, bytes 2-5/*, false",
  })
  void storedPart_hasWhatLiesInIt(String range, String contentRange, boolean has) {
    ResponseHead stored = Given.response(206, "Content-Range", contentRange).head();

    assertThat(Ranges.areIn(stored, Given.get("Range", range))).isEqualTo(has);
    assertThat(Ranges.areIn(stored, Given.get())).isFalse();
    assertThat(Ranges.areIn(stored, Given.request("HEAD", "Range", range))).isFalse();
    assertThat(Ranges.areIn(WHOLE, Given.get("Range", range))).isTrue();
  }

  @DisplayName("RFC 9110 §15.3.7.1: one part, with all that the whole would have")
  @Test
  void headOfOnePart_saysWhereItIs() {
    ResponseHead head =
        Ranges.oneOf(WHOLE, Given.get("Range", "bytes=2-5"), new Part(new ByteRange(2, 5), 10));

    assertThat(head.status()).isEqualTo(206);
    assertThat(head.fields())
        .isEqualTo(
            Fields.builder()
                .addAll(WHOLE.fields().without("Content-Length"::equals))
                .add("Content-Range", "bytes 2-5/10")
                .add("Content-Length", "4")
                .build());
  }

  @DisplayName("RFC 9110 §15.3.7: who sent If-Range has the representation's fields")
  @Test
  void headOfAPartToIfRange_hasNoFieldsOfTheRepresentation() {
    ResponseHead head =
        Ranges.oneOf(
            WHOLE,
            Given.get("Range", "bytes=2-5", "If-Range", "\"v1\""),
            new Part(new ByteRange(2, 5), 10));

    assertThat(head.fields())
        .isEqualTo(
            Fields.of(
                "Date", Given.NOON_DATE,
                "Cache-Control", "max-age=60",
                "ETag", "\"v1\"",
                "Vary", "Accept",
                "X-Own", "1",
                "Content-Range", "bytes 2-5/10",
                "Content-Length", "4"));
  }

  @DisplayName("RFC 9110 §15.3.7.2: several parts have their places within the content")
  @Test
  void headOfSeveralParts_hasNoPlace() {
    ResponseHead head = Ranges.severalOf(WHOLE, Given.get("Range", "bytes=0-1,3-4"), "x/y", 99);

    assertThat(head.status()).isEqualTo(206);
    assertThat(head.fields().contains("Content-Range")).isFalse();
    assertThat(head.fields().all("Content-Type")).containsExactly("x/y");
    assertThat(head.fields().all("Content-Length")).containsExactly("99");
    assertThat(head.fields().first("ETag")).isEqualTo("\"v1\"");
  }

  @DisplayName("RFC 9110 §15.5.17")
  @Test
  void headWithoutAnyPart_saysTheCompleteLength() {
    ResponseHead head = Ranges.unsatisfiable(WHOLE, 10);

    assertThat(head.status()).isEqualTo(416);
    assertThat(head.fields())
        .isEqualTo(
            Fields.of(
                "Date", Given.NOON_DATE,
                "Vary", "Accept",
                "Content-Range", "bytes */10",
                "Content-Length", "0"));
  }
}
