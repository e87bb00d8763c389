package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §5.6.7: HTTP-date")
class HttpDateTest {

  @ParameterizedTest(name = "[{0}] is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT     | 1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT    | 1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994          | 1994-11-06T08:49:37Z",
        "Wed Nov 16 08:49:37 1994          | 1994-11-16T08:49:37Z",
        "' \tSun, 06 Nov 1994 08:49:37 GMT ' | 1994-11-06T08:49:37Z",
        "Thu, 01 Jan 1970 00:00:00 GMT     | 1970-01-01T00:00:00Z",
        "Thu, 31 Dec 2026 23:59:59 GMT     | 2026-12-31T23:59:59Z",
        "Tue, 29 Feb 2028 12:00:00 GMT     | 2028-02-29T12:00:00Z",
        "Fri, 31 Dec 9999 23:59:59 GMT     | 9999-12-31T23:59:59Z",
        "Sat, 05 Sep 2026 12:00:00 GMT     | 2026-09-05T12:00:00Z",
      })
  void eachForm_isUnderstood(String text, Instant instant) {
    assertThat(HttpDate.parse(text)).hasValue(instant);
  }

  @DisplayName("RFC 9111 §4.2: names of days, months and the zone in any case")
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 gMT",
        "SUN, 06 Nov 1994 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 gmt",
        "SUNDAY, 06-NOV-94 08:49:37 GMT",
        "sunday, 06-nov-94 08:49:37 gmt",
        "sUN nOV  6 08:49:37 1994",
      })
  void anyCase_isTheSameDate(String text) {
    assertThat(HttpDate.parse(text)).hasValue(Instant.parse("1994-11-06T08:49:37Z"));
  }

  @DisplayName("§5.6.7: what is sent is an IMF-fixdate, to the second")
  @ParameterizedTest(name = "{0} is [{1}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "1994-11-06T08:49:37Z     | Sun, 06 Nov 1994 08:49:37 GMT",
        "2026-11-23T12:00:00.999Z | Mon, 23 Nov 2026 12:00:00 GMT",
        "1970-01-01T00:00:00Z     | Thu, 01 Jan 1970 00:00:00 GMT",
        "9999-12-31T23:59:59Z     | Fri, 31 Dec 9999 23:59:59 GMT",
      })
  void instant_isWrittenAsImfFixdate(Instant instant, String text) {
    assertThat(HttpDate.format(instant)).isEqualTo(text);
  }

  @Test
  void anySecond_isReadAgainAsItIsWritten() {
    Random random = new Random(567);
    for (int i = 0; i < 5_000; i++) {
      Instant instant = Instant.ofEpochSecond(random.nextLong(253_402_300_800L));

      assertThat(HttpDate.parse(HttpDate.format(instant))).hasValue(instant);
    }
  }

  @DisplayName("a two-digit year more than 50 years ahead is of the past (as of 2026)")
  @ParameterizedTest(name = "[{0}] is of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Friday, 31-Dec-99 00:00:00 GMT   | 1999-12-31T00:00:00Z",
        "Friday, 31-Dec-77 00:00:00 GMT   | ",
        "Saturday, 31-Dec-77 00:00:00 GMT | 1977-12-31T00:00:00Z",
        "Monday, 23-Nov-26 00:00:00 GMT   | 2026-11-23T00:00:00Z",
        "Tuesday, 31-Dec-69 00:00:00 GMT  | 2069-12-31T00:00:00Z",
        "Thursday, 01-Jan-70 00:00:00 GMT | 1970-01-01T00:00:00Z",
      })
  void twoDigitYear_isOfItsCentury(String text, @Nullable Instant instant) {
    assertThat(HttpDate.parse(text).orElse(null)).isEqualTo(instant);
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "-1",
        "never",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37 EST",
        "Sun, 06 Nov 1994 08:49:37 Z",
        "Sun, 06 Nov 1994 08:49:37GMT",
        "Sun 06 Nov 1994 08:49:37 GMT",
        "Sun, 06  Nov  1994 08:49:37 GMT",
        "Sun,  06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994  08:49:37 GMT",
        "Sun, 06 Nov 1994 08.49.37 GMT",
        "Sun, 06 November 1994 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 UTC",
        "Sunday, 6-Nov-94 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  6 08:49:37 1994 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sun, 06 Nov +1994 08:49:37 GMT",
        "Fri, 31 Dec 99999 23:59:59 GMT",
        "Sat, 31 Feb 2026 00:00:00 GMT",
        "Mon, 32 Nov 1994 08:49:37 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "So, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov 06 08:49:37 94",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
      })
  void anythingElse_isNoDate(String text) {
    assertThat(HttpDate.parse(text)).isEmpty();
  }

  @Test
  void anyText_isReadWithoutFailure() {
    Random random = new Random(9110);
    String[] forms = {
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"
    };
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder(forms[random.nextInt(forms.length)]);
      int at = random.nextInt(text.length());
      text.replace(at, at + random.nextInt(2), Texts.random(random, "0123456789 :,-+GMT", 3));

      assertThat(HttpDate.parse(text.toString())).as(text.toString()).isNotNull();
    }
  }
}
