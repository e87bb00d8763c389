package dev.holdfast.policy;

import static dev.holdfast.policy.Given.DEFAULTS;
import static dev.holdfast.policy.Given.NOON;
import static dev.holdfast.policy.Given.NOON_DATE;
import static dev.holdfast.policy.Given.noonPlus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.StoredResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 §4.2: freshness")
class FreshnessTest {

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "5, 0, -5", "5, 5, 0", "70, 5, -65", "70, 65, -10", "5, , 55"})
  void madeStale_isFreshNoLongerFromThenOn(int after, Integer madeStaleAfter, int ttl) {
    StoredResponse made =
        Given.written("Cache-Control: max-age=60")
            .staleSince(madeStaleAfter == null ? null : noonPlus(madeStaleAfter));
    assertThat(Freshness.ttl(made, DEFAULTS, noonPlus(after))).isEqualTo(Duration.ofSeconds(ttl));
  }

  @DisplayName("§4.2.1: s-maxage, else max-age, else Expires - Date, else default-ttl")
  @ParameterizedTest(name = "[{0}] lives for {1} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: s-maxage=10, max-age=20 ;; Expires: Mon, 23 Nov 2026 12:00:30 GMT | 10",
        "Cache-Control: max-age=20, s-maxage=10 | 10",
        "Cache-Control: max-age=5, s-maxage=10 | 10",
        "Cache-Control: max-age=20 ;; Expires: Mon, 23 Nov 2026 12:00:30 GMT | 20",
        "Cache-Control: max-age=0 ;; Expires: Mon, 23 Nov 2026 12:00:30 GMT | 0",
        "Cache-Control: s-maxage=0, max-age=20 | 0",
        "Cache-Control: s-maxage=x, max-age=20 | 0",
        "Cache-Control: max-age=\"20\" | 20",
        "Cache-Control: max-age=20, max-age=10 | 20",
        "Cache-Control: max-age=20 ;; Cache-Control: s-maxage=10 | 10",
        "Cache-Control: max-age=-1 | 0",
        "Cache-Control: max-age=99999999999 | 2147483648",
        "Expires: Mon, 23 Nov 2026 12:00:30 GMT | 30",
        "Expires: Mon, 23 Nov 2026 12:00:30 GMT ;; Date: Mon, 23 Nov 2026 11:59:50 GMT | 40",
        "Expires: Mon, 23 Nov 2026 12:00:30 GMT ;; Date: Mon, 23 Nov 2026 12:00:20 GMT | 10",
        "Expires: Mon, 23 Nov 2026 12:00:30 GMT ;; Date: yesterday | 30",
        "Expires: Mon Nov 23 12:00:30 2026 | 30",
        "Expires: Monday, 23-Nov-26 12:00:30 GMT | 30",
        "Expires: Mon, 23 Nov 2026 12:00:00 GMT | 0",
        "Expires: Mon, 23 Nov 2026 11:59:50 GMT | -10",
        "Cache-Control: public | 7",
        "X: 1 | 7",
      })
  void lifetime_isTheFirstThatIsSaid(String lines, long seconds) {
    assertThat(Freshness.freshnessLifetime(Given.written(lines), Given.defaultTtl(7)))
        .hasSeconds(seconds);
  }

  @DisplayName("§4.2.1, §5.3: Expires that is invalid or repeated means expired")
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Expires: 0",
        "Expires: -1",
        "Expires: ",
        "Expires: tomorrow",
        "Expires: Mon, 23 Nov 2026 12:00:30 UTC",
        "Expires: Tue, 31 Nov 2026 12:00:30 GMT",
        "Expires: Mon, 23 Nov 2026 12:00:30 GMT ;; Expires: Mon, 23 Nov 2026 12:00:30 GMT",
        "Expires: Mon, 23 Nov 2026 12:00:30 GMT, Mon, 23 Nov 2026 12:00:30 GMT",
        "Expires: 0 ;; Expires: Mon, 23 Nov 2026 12:00:30 GMT",
      })
  void uselessExpires_meansStale(String lines) {
    StoredResponse response = Given.written(lines);

    assertThat(Freshness.freshnessLifetime(response, Given.defaultTtl(7))).isZero();
    assertThat(Freshness.isFresh(response, Given.defaultTtl(7), NOON)).isFalse();
  }

  @DisplayName("override-ttl replaces all of them")
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: s-maxage=10",
        "Cache-Control: max-age=0",
        "Cache-Control: max-age=90",
        "Expires: 0",
        "X: 1"
      })
  void overrideTtl_isTheLifetime(String lines) {
    assertThat(Freshness.freshnessLifetime(Given.written(lines), Given.overrideTtl(60)))
        .hasSeconds(60);
  }

  @DisplayName("§4.2.3: apparent_age = max(0, response_time - date_value)")
  @ParameterizedTest(name = "[{0}] seems {1} s old")
  @CsvSource(
      delimiter = '|',
      value = {
        "Date: Mon, 23 Nov 2026 11:59:50 GMT | 10",
        "Date: Sun Nov 22 12:00:00 2026 | 86400",
        "Date: Mon, 23 Nov 2026 12:00:00 GMT | 0",
        "Date: Mon, 23 Nov 2026 12:00:10 GMT | 0",
        "Date: Mon, 23 Nov 2026 11:59:50 | 0",
        "Date: Mon, 23 Nov 2026 11:59:50 GMT ;; Date: Mon, 23 Nov 2026 12:00:00 GMT | 10",
        "X: 1 | 0",
      })
  void apparentAge_isSinceDate(String lines, long seconds) {
    assertThat(Freshness.apparentAge(Given.written(lines))).hasSeconds(seconds);
  }

  @DisplayName("§4.2.3, §5.1: corrected_age_value = age_value + response_delay")
  @ParameterizedTest(name = "[{0}] asked for {1} s before is {2} s old")
  @CsvSource(
      delimiter = '|',
      value = {
        "X: 1 | 0 | 0",
        "X: 1 | 3 | 3",
        "Age: 5 | 0 | 5",
        "Age: 5 | 3 | 8",
        "Age: 0 | 3 | 3",
        "Age: 5, 9 | 0 | 5",
        "Age: 5 ;; Age: 9 | 0 | 5",
        "Age: -5 | 3 | 3",
        "Age: +5 | 3 | 3",
        "Age: 5.5 | 3 | 3",
        "Age: five | 3 | 3",
        "Age:  | 3 | 3",
        "Age: 99999999999999999999 | 3 | 2147483651",
        "Age: 5 | -3 | 5",
      })
  void correctedAgeValue_addsTheDelay(String lines, long delaySeconds, long seconds) {
    assertThat(Freshness.correctedAgeValue(after(delaySeconds, lines))).hasSeconds(seconds);
  }

  @DisplayName("§4.2.3: corrected_initial_age is the greater of the two")
  @ParameterizedTest(name = "[{0}] asked for {1} s before is {2} s old")
  @CsvSource(
      delimiter = '|',
      value = {
        "Date: Mon, 23 Nov 2026 11:59:50 GMT ;; Age: 4 | 2 | 10",
        "Date: Mon, 23 Nov 2026 11:59:50 GMT ;; Age: 9 | 2 | 11",
        "Date: Mon, 23 Nov 2026 12:00:10 GMT ;; Age: 9 | 2 | 11",
        "Date: Mon, 23 Nov 2026 12:00:10 GMT | 0 | 0",
      })
  void correctedInitialAge_isTheGreater(String lines, long delaySeconds, long seconds) {
    assertThat(Freshness.correctedInitialAge(after(delaySeconds, lines))).hasSeconds(seconds);
  }

  @DisplayName("§4.2.3: current_age = corrected_initial_age + resident_time")
  @ParameterizedTest(name = "{0} s after a response that was 11 s old: {1} s")
  @CsvSource({"0, 11", "1, 12", "0.25, 11.25", "3600, 3611", "-1, 11", "-3600, 11"})
  void currentAge_growsWhileStored(double sinceSeconds, double seconds) {
    StoredResponse response = after(2, "Age: 9 ;; Date: " + NOON_DATE);

    assertThat(Freshness.currentAge(response, noonPlus(sinceSeconds)))
        .hasMillis(Math.round(seconds * 1000));
  }

  @DisplayName("§4.2: fresh while the lifetime exceeds the age")
  @ParameterizedTest(name = "{0} s after noon: {1} s left, fresh {2}")
  @CsvSource({
    "0, 60, true",
    "59, 1, true",
    "59.999, 0.001, true",
    "60, 0, false",
    "60.001, -0.001, false",
    "61, -1, false",
  })
  void response_isFreshUntilItsLastMoment(double sinceSeconds, double left, boolean fresh) {
    StoredResponse response = Given.written("Cache-Control: max-age=60 ;; Date: " + NOON_DATE);

    assertThat(Freshness.ttl(response, DEFAULTS, noonPlus(sinceSeconds)))
        .hasMillis(Math.round(left * 1000));
    assertThat(Freshness.isFresh(response, DEFAULTS, noonPlus(sinceSeconds))).isEqualTo(fresh);
  }

  @DisplayName("§4.2.3: dates are compared with the calendar's, ages are of the time that passes")
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: max-age=60",
        "Cache-Control: max-age=60 ;; Date: Mon, 23 Nov 2026 12:00:00 GMT",
        "Cache-Control: max-age=70 ;; Date: Mon, 23 Nov 2026 11:59:50 GMT",
        "Expires: Mon, 23 Nov 2026 12:01:00 GMT",
        "Last-Modified: Mon, 23 Nov 2026 11:50:00 GMT",
      })
  void calendarAndPassingTime_areNeverCompared(String lines) {
    StoredResponse response = Given.atZero(Given.lines(lines));

    assertThat(Freshness.ttl(response, heuristic(), Instant.EPOCH.plusSeconds(10))).hasSeconds(50);
  }

  @Test
  void ageOnArrival_countsAgainstTheLifetime() {
    StoredResponse response = Given.written("Cache-Control: max-age=60 ;; Age: 50");

    assertThat(Freshness.ttl(response, DEFAULTS, NOON)).isEqualTo(Duration.ofSeconds(10));
    assertThat(Freshness.ttl(response, Given.overrideTtl(90), NOON)).hasSeconds(40);
  }

  @Test
  void explicitLifetime_isOnlyWhatTheResponseSays() {
    assertThat(
            Freshness.explicitLifetime(
                Given.written("Cache-Control: max-age=1"), CachePolicy.BY_DEFAULT))
        .isPresent();
    assertThat(Freshness.explicitLifetime(Given.written("Expires: 0"), CachePolicy.BY_DEFAULT))
        .hasValue(Duration.ZERO);
    assertThat(
            Freshness.explicitLifetime(
                Given.written("Cache-Control: public"), CachePolicy.BY_DEFAULT))
        .isEmpty();
    assertThat(
            Freshness.explicitLifetime(
                Given.written("Last-Modified: " + NOON_DATE), CachePolicy.BY_DEFAULT))
        .isEmpty();
  }

  @DisplayName("§4.2.2: a tenth of the time since the last modification, within the limit")
  @ParameterizedTest(name = "{0}, [{1}] lives for {2} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | Last-Modified: Mon, 23 Nov 2026 11:59:00 GMT | 6",
        "404 | Last-Modified: Mon, 23 Nov 2026 11:59:00 GMT | 6",
        "200 | Last-Modified: Mon, 23 Nov 2026 11:00:00 GMT | 60",
        "200 | Last-Modified: Mon, 23 Nov 2026 12:00:01 GMT | 0",
        "200 | Last-Modified: yesterday | 7",
        "200 | X: 1 | 7",
        "302 | Last-Modified: Mon, 23 Nov 2026 11:59:00 GMT | 7",
        "302 | Cache-Control: public ;; Last-Modified: Mon, 23 Nov 2026 11:59:00 GMT | 6",
      })
  void silentResponse_livesByItsLastModification(int status, String lines, long seconds) {
    StoredResponse silent = Given.response(status, Given.lines(lines));

    assertThat(Freshness.freshnessLifetime(silent, heuristic())).hasSeconds(seconds);
    assertThat(Freshness.freshnessLifetime(silent, Given.defaultTtl(7))).hasSeconds(7);
  }

  @DisplayName("§4.2.2: no heuristics beside an explicit lifetime")
  @ParameterizedTest(name = "[{0}] lives for {1} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: s-maxage=3 | 3",
        "Cache-Control: max-age=0 | 0",
        "Cache-Control: max-age=x | 0",
        "Expires: Mon, 23 Nov 2026 12:00:03 GMT | 3",
        "Expires: 0 | 0",
        "X: 1 | 6",
      })
  void explicitLifetime_leavesNoPlaceForHeuristics(String lines, long seconds) {
    StoredResponse response =
        Given.written(lines + " ;; Last-Modified: Mon, 23 Nov 2026 11:59:00 GMT");

    assertThat(Freshness.freshnessLifetime(response, heuristic())).hasSeconds(seconds);
  }

  @DisplayName("RFC 9213 §2.2: a targeted field leaves no place for Cache-Control and Expires")
  @ParameterizedTest(name = "[{0}] lives for {1} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "CDN-Cache-Control: max-age=5 | 5",
        "CDN-Cache-Control: must-revalidate | 7",
        "CDN-Cache-Control: & | 20",
        "X: 1 | 20",
      })
  void targetedField_isTheOnlyOneThatCounts(String line, long seconds) {
    String others = " ;; Cache-Control: max-age=20 ;; Expires: Mon, 23 Nov 2026 12:00:30 GMT";

    assertThat(Freshness.freshnessLifetime(Given.written(line + others), Given.defaultTtl(7)))
        .hasSeconds(seconds);
  }

  private static CachePolicy heuristic() {
    return new CachePolicy(
        Duration.ofSeconds(7),
        null,
        Duration.ofSeconds(60),
        Set.of(),
        true,
        false,
        Duration.ZERO,
        Duration.ZERO);
  }

  private static StoredResponse after(long delaySeconds, String lines) {
    return Given.received(
        NOON.minusSeconds(delaySeconds), NOON, Given.get(), 200, Given.lines(lines));
  }
}
