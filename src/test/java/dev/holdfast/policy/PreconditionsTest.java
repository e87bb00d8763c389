package dev.holdfast.policy;

import static dev.holdfast.policy.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §13, RFC 9111 §4.3.2: callers' conditions")
class PreconditionsTest {

  private static final String BEFORE = "Mon, 23 Nov 2026 11:59:59 GMT";
  private static final String NOON_DATE = Given.NOON_DATE;
  private static final String AFTER = "Mon, 23 Nov 2026 12:00:01 GMT";

  @DisplayName("RFC 9110 §13.1.2: If-None-Match by weak comparison")
  @ParameterizedTest(name = "{0} of [{1}]: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"a\"                         | \"a\"     | true",
        "\"a\"                         | W/\"a\"   | true",
        "W/\"a\"                       | \"a\"     | true",
        "W/\"a\"                       | W/\"a\"   | true",
        "\"b\"                         | \"a\"     | false",
        "\"b\", \"a\"                  | \"a\"     | true",
        "\"b\", \"c\"                  | \"a\"     | false",
        "\"x,\\\"a\\\"\"               | \"a\"     | false",
        "\"b\" ;; If-None-Match: \"a\" | \"a\"     | true",
        "\"a,b\"                       | \"a,b\"   | true",
        "a                             | a         | true",
        "a                             | \"a\"     | false",
        "\"caf\u00e9\"                 | \"caf\u00e9\" | true",
        "*                             | \"a\"     | true",
        "*                             |           | true",
        "*, \"b\"                      | \"a\"     | false",
        "\"a\"                         |           | false",
        "''                            | \"a\"     | false",
      })
  void ifNoneMatch_isAboutTheTag(String condition, @Nullable String etag, boolean notModified) {
    StoredResponse stored = etag == null ? Given.response(200) : Given.response(200, "ETag", etag);

    assertThat(notModified("If-None-Match: " + condition, stored)).isEqualTo(notModified);
  }

  @DisplayName("RFC 9110 §13.1.3: If-Modified-Since, one valid date not before the validator's")
  @ParameterizedTest(name = "[{0}] of {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        NOON_DATE + " | Last-Modified: " + BEFORE + "    | true",
        NOON_DATE + " | Last-Modified: " + NOON_DATE + " | true",
        NOON_DATE + " | Last-Modified: " + AFTER + "     | false",
        NOON_DATE + " | Last-Modified: " + AFTER + " ;; Date: " + BEFORE + " | false",
        NOON_DATE + " | Last-Modified: " + BEFORE + " ;; Date: " + AFTER + " | true",
        NOON_DATE + " | Date: " + NOON_DATE + "          | true",
        NOON_DATE + " | Date: " + AFTER + "              | false",
        NOON_DATE + " | Last-Modified: 0 ;; Date: " + AFTER + " | false",
        NOON_DATE + " | X: received at noon              | true",
        BEFORE + "    | X: received at noon              | false",
        "Monday, 23-Nov-26 12:00:00 GMT | Last-Modified: " + BEFORE + " | true",
        "mon, 23 nov 2026 12:00:00 gmt  | Last-Modified: " + BEFORE + " | true",
        "Mon, 23 Nov 2026 12:00:00 UTC  | Last-Modified: " + BEFORE + " | false",
        "0                              | Last-Modified: " + BEFORE + " | false",
        "''                             | Last-Modified: " + BEFORE + " | false",
        NOON_DATE + " ;; If-Modified-Since: " + NOON_DATE + "| Date: " + BEFORE + " | false",
      })
  void ifModifiedSince_isAboutTheDate(String condition, String response, boolean notModified) {
    StoredResponse stored = Given.atZero(Given.lines(response));

    assertThat(notModified("If-Modified-Since: " + condition, stored)).isEqualTo(notModified);
  }

  @DisplayName("RFC 9110 §13.2.2: If-None-Match takes precedence over If-Modified-Since")
  @Test
  void ifNoneMatch_takesPrecedence() {
    StoredResponse stored = Given.written("ETag: \"a\" ;; Last-Modified: " + NOON_DATE);
    String since = " ;; If-Modified-Since: ";

    assertThat(notModified("If-None-Match: \"a\"" + since + BEFORE, stored)).isTrue();
    assertThat(notModified("If-None-Match: \"b\"" + since + AFTER, stored)).isFalse();
    assertThat(notModified("X: 1" + since + AFTER, stored)).isTrue();
  }

  @DisplayName("RFC 9110 §13.2.1: conditions are ignored where the response is no 200")
  @ParameterizedTest
  @ValueSource(ints = {203, 204, 206, 301, 304, 404, 412, 500})
  void otherStatus_isNeverNotModified(int status) {
    RequestHead request = Given.get("If-None-Match", "\"a\"");

    assertThat(Preconditions.notModified(request, Given.response(status, "ETag", "\"a\"")))
        .isFalse();
    assertThat(Preconditions.notModified(request, Given.response(200, "ETag", "\"a\""))).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "GET, true",
    "HEAD, true",
    "POST, false",
    "PUT, false",
    "OPTIONS, false",
    "TRACE, false",
    "get, false"
  })
  void onlyReading_isNotModified(String method, boolean notModified) {
    RequestHead byTag = Given.request(method, "If-None-Match", "*");
    RequestHead byDate = Given.request(method, "If-Modified-Since", NOON_DATE);

    assertThat(Preconditions.notModified(byTag, Given.response(200))).isEqualTo(notModified);
    assertThat(Preconditions.notModified(byDate, Given.response(200))).isEqualTo(notModified);
  }

  @Test
  void requestWithoutConditions_isNeverNotModified() {
    StoredResponse stored = Given.written("ETag: \"a\" ;; Last-Modified: " + BEFORE);

    assertThat(notModified("X: 1", stored)).isFalse();
    assertThat(notModified("If-Match: \"a\"", stored)).isFalse();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "If-Match, true",
    "if-unmodified-since, true",
    "If-None-Match, false",
    "If-Modified-Since, false",
    "If-Range, false",
  })
  void conditionsOnWhatTheOriginHas_areForTheOrigin(String name, boolean forTheOrigin) {
    assertThat(Preconditions.areForTheOrigin(Given.get(name, "x"))).isEqualTo(forTheOrigin);
  }

  @Test
  void requestWithoutConditions_keepsTheRest() {
    RequestHead request =
        Given.request(
            "HEAD", "if-none-match", "*", "A", "1", "If-Modified-Since", "0", "If-Match", "*");

    assertThat(Preconditions.forTheWhole(request))
        .isEqualTo(Given.request("HEAD", "A", "1", "If-Match", "*"));
  }

  @DisplayName("RFC 9110 §15.4.5: a 304 has what caches need, and nothing about the representation")
  @Test
  void notModifiedHead_describesNoContent() {
    Fields kept =
        Fields.of(
            "Cache-Control", "max-age=5",
            "Content-Location", "/a",
            "Date", NOON_DATE,
            "etag", "\"a\"",
            "Expires", AFTER,
            "Vary", "Accept",
            "CDN-Cache-Control", "max-age=9",
            "X-Any", "1",
            "Set-Cookie", "a=b",
            "Content-Security-Policy", "none");
    Fields dropped =
        Fields.of(
            "content-length", "5",
            "Content-Type", "text/plain",
            "Content-Encoding", "gzip",
            "Content-Language", "en",
            "Content-Range", "bytes 0-4/5",
            "Content-Digest", "x",
            "Repr-Digest", "x",
            "Last-Modified", BEFORE,
            "Transfer-Encoding", "chunked",
            "Trailer", "X");
    Fields stored = Fields.builder().addAll(dropped).addAll(kept).build();

    assertThat(Preconditions.notModifiedHead(new ResponseHead(200, "OK", stored, "1.0")))
        .isEqualTo(new ResponseHead(304, "Not Modified", kept, "1.0"));
  }

  @Test
  void notModifiedHead_hasOneValidator() {
    assertThat(notModifiedFields("Last-Modified", BEFORE, "Content-Type", "a/b"))
        .isEqualTo(Fields.of("Last-Modified", BEFORE));
    assertThat(notModifiedFields("Last-Modified", BEFORE, "ETag", "\"a\""))
        .isEqualTo(Fields.of("ETag", "\"a\""));
  }

  private static Fields notModifiedFields(String... fields) {
    return Preconditions.notModifiedHead(new ResponseHead(200, "", Fields.of(fields), "1.1"))
        .fields();
  }

  @DisplayName("RFC 9110 §13.1.5: If-Range is a strong validator of the response, or absent")
  @ParameterizedTest(name = "[{0}] of {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "                      | ETag: \"a\"      | true",
        "If-Range: \"a\"       | ETag: \"a\"      | true",
        "If-Range: \"b\"       | ETag: \"a\"      | false",
        "If-Range: W/\"a\"     | ETag: W/\"a\"    | false",
        "If-Range: \"a\"       | ETag: W/\"a\"    | false",
        "If-Range: a           | ETag: a          | false",
        "If-Range: \"a\"       | X: 1             | false",
        "If-Range: \"a\" ;; If-Range: \"a\" | ETag: \"a\" | false",
        "If-Range: "
            + BEFORE
            + "    | Last-Modified: "
            + BEFORE
            + " ;; Date: "
            + NOON_DATE
            + " | true",
        "If-Range: "
            + NOON_DATE
            + " | Last-Modified: "
            + BEFORE
            + " ;; Date: "
            + NOON_DATE
            + " | false",
        "If-Range: "
            + NOON_DATE
            + " | Last-Modified: "
            + NOON_DATE
            + " ;; Date: "
            + NOON_DATE
            + " | false",
        "If-Range: " + BEFORE + "    | Last-Modified: " + BEFORE + " | false",
        "If-Range: 0                 | Last-Modified: 0 ;; Date: " + NOON_DATE + " | false",
        "If-Range: ''                | ETag: '' | false",
      })
  void ifRange_isTheStrongValidator(@Nullable String condition, String response, boolean holds) {
    RequestHead request = Given.get(Given.lines(condition == null ? "" : condition));

    assertThat(Preconditions.ifRangeHolds(request, Given.written(response).head()))
        .isEqualTo(holds);
  }

  @Test
  void responseWithoutDates_isAsOldAsItsReceipt() {
    StoredResponse late = Given.received(NOON, NOON.plusSeconds(2), Given.get(), 200, "X", "1");

    assertThat(notModified("If-Modified-Since: " + AFTER, late)).isFalse();
    assertThat(notModified("If-Modified-Since: " + AFTER, Given.response(200))).isTrue();
  }

  private static boolean notModified(String conditions, StoredResponse stored) {
    return Preconditions.notModified(Given.get(Given.lines(conditions)), stored);
  }
}
