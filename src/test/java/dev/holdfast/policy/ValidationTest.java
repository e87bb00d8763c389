package dev.holdfast.policy;

import static dev.holdfast.policy.Given.DEFAULTS;
import static dev.holdfast.policy.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.FetchTimes;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 §4.3: validation")
class ValidationTest {

  private static final String MONDAY = "Mon, 16 Nov 2026 12:00:00 GMT";
  private static final String TUESDAY = "Tue, 17 Nov 2026 12:00:00 GMT";
  private static final Instant SENT = NOON.plusSeconds(100);
  private static final Instant CAME = NOON.plusSeconds(101);

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "200, ETag: \"a\", true",
    "200, Last-Modified: yesterday, true",
    "200, X: y, false",
    "404, ETag: \"a\", false",
    "204, ETag: \"a\", false"
  })
  void twoHundredWithAValidator_canBeAskedAbout(int status, String line, boolean possible) {
    StoredResponse stored = Given.response(status, Given.lines(line));

    assertThat(Validation.isPossible(stored)).isEqualTo(possible);
  }

  @Test
  @DisplayName("§4.3.1: both validators are sent, beside what the request has")
  void request_isMadeConditional() {
    StoredResponse stored = Given.response(200, "ETag", "W/\"a\"", "Last-Modified", MONDAY);

    RequestHead sent = Validation.conditional(Given.get("Accept", "text/plain"), stored, List.of());

    assertThat(sent.fields())
        .isEqualTo(
            Fields.of(
                "Accept", "text/plain", "If-None-Match", "W/\"a\"", "If-Modified-Since", MONDAY));
    assertThat(sent.method()).isEqualTo("GET");
    assertThat(sent.target()).isEqualTo("/items/1");
  }

  @Test
  void oneValidator_isOneCondition() {
    assertThat(conditions(Given.response(200, "ETag", "\"a\"")))
        .isEqualTo(Fields.of("If-None-Match", "\"a\""));
    assertThat(conditions(Given.response(200, "Last-Modified", MONDAY)))
        .isEqualTo(Fields.of("If-Modified-Since", MONDAY));
    assertThat(conditions(null)).isEqualTo(Fields.EMPTY);
  }

  @Test
  @DisplayName("§3.2: fields of the 304 take the place of stored ones, those of the bytes stay")
  void notModified_freshensTheStoredResponse() {
    StoredResponse stored =
        Given.response(
            200,
            "ETag",
            "\"a\"",
            "Cache-Control",
            "max-age=60",
            "Content-Type",
            "text/plain",
            "Content-Length",
            "5",
            "X-Old",
            "1",
            "Warning",
            "a",
            "Warning",
            "b");

    StoredResponse freshened =
        Objects.requireNonNull(
            freshened(
                stored,
                "etag",
                "\"a\"",
                "cache-control",
                "max-age=90",
                "Content-Type",
                "text/html",
                "Content-Length",
                "0",
                "Warning",
                "c",
                "X-New",
                "2"));

    assertThat(freshened.head().fields())
        .isEqualTo(
            Fields.of(
                "Content-Length",
                "5",
                "X-Old",
                "1",
                "etag",
                "\"a\"",
                "cache-control",
                "max-age=90",
                "Content-Type",
                "text/html",
                "Warning",
                "c",
                "X-New",
                "2"));
    assertThat(freshened.head().status()).isEqualTo(200);
    assertThat(Freshness.ttl(freshened, DEFAULTS, CAME).toSeconds()).isEqualTo(89);
  }

  @ParameterizedTest(name = "{0} and a 304 with {1}")
  @CsvSource({
    "ETag: \"a\", ETag: \"a\", true",
    "ETag: \"a\", ETag: W/\"a\", true",
    "ETag: W/\"a\", ETag: \"a\", true",
    "ETag: \"a\", ETag: \"b\", false",
    "Last-Modified: yesterday, ETag: \"a\", false",
    "ETag: \"a\", X: y, true",
  })
  @DisplayName("§4.3.4: whether the 304 is about the stored response")
  void entityTag_saysWhichResponseWasSelected(String stored, String said, boolean about) {
    StoredResponse freshened = freshened(Given.response(200, fresh(stored)), Given.lines(said));

    assertThat(freshened != null).isEqualTo(about);
  }

  @Test
  void otherDate_isAboutAnotherResponse_unlessTheEntityTagIsTheSame() {
    StoredResponse dated = Given.response(200, "Last-Modified", MONDAY);
    StoredResponse tagged = Given.response(200, "Last-Modified", MONDAY, "ETag", "\"a\"");

    assertThat(freshened(dated, "Last-Modified", TUESDAY)).isNull();
    assertThat(freshened(dated, "Last-Modified", MONDAY)).isNotNull();
    assertThat(freshened(tagged, "Last-Modified", TUESDAY, "ETag", "\"a\"")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"no-store, false", "private, false", "max-age=0, true", "max-age=5, true"})
  void what304Forbids_mayNotStay(String directive, boolean stays) {
    StoredResponse stored = Given.response(200, "ETag", "\"a\"", "Cache-Control", "max-age=60");

    assertThat(freshened(stored, "Cache-Control", directive) != null).isEqualTo(stays);
  }

  @Test
  void what304SelectsOtherwise_mayNotStay() {
    StoredResponse stored = Given.response(200, "ETag", "\"a\"", "Vary", "Accept");

    assertThat(freshened(stored, "Vary", "Accept, Accept-Language")).isNull();
    assertThat(freshened(stored, "Vary", "accept")).isNotNull();
  }

  @Test
  void staleResponse_isKeptForADayIfItMayBeOfUse() {
    int day = 24 * 60 * 60;

    assertThat(keptSeconds("Cache-Control", "max-age=60")).isEqualTo(60 + day);
    assertThat(keptSeconds("Cache-Control", "max-age=60, must-revalidate")).isEqualTo(60);
    assertThat(keptSeconds("Cache-Control", "max-age=60, must-revalidate", "ETag", "\"a\""))
        .isEqualTo(60 + day);
    assertThat(keptSeconds("Cache-Control", "max-age=60", "Age", "90", "ETag", "\"a\""))
        .isEqualTo(day);
    assertThat(keptSeconds("Cache-Control", "max-age=60, stale-if-error=100000"))
        .isEqualTo(60 + 100_000);
    assertThat(keptSeconds("Cache-Control", "max-age=60, stale-while-revalidate=100000"))
        .isEqualTo(60 + 100_000);
  }

  private static long keptSeconds(String... fields) {
    return Storability.keepFor(Given.response(200, fields), DEFAULTS).toSeconds();
  }

  private static String[] fresh(String line) {
    return Given.lines(line + ";;Cache-Control: max-age=60");
  }

  private static @Nullable StoredResponse freshened(StoredResponse stored, String... fields) {
    ResponseHead notModified = new ResponseHead(304, "", Fields.of(fields), "1.1");
    return Validation.freshened(
        stored, Given.get(), notModified, new FetchTimes(SENT, CAME, CAME), DEFAULTS);
  }

  private static Fields conditions(@Nullable StoredResponse selected) {
    return Validation.conditional(Given.get(), selected, List.of()).fields();
  }
}
