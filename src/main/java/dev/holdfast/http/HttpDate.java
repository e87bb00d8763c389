package dev.holdfast.http;

import static java.time.temporal.ChronoField.YEAR;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The three forms of an HTTP-date (RFC 9110 §5.6.7), names in any case (RFC 9111 §4.2).
 *
 * <p>Nothing else is one: no other zone, no other number of digits, commas or spaces.
 */
public final class HttpDate {

  /**
   * A two-digit year is one of the hundred from here on, whenever it is read. None is then more
   * than 50 years ahead (RFC 9110 §5.6.7), and no clock is needed. A few that the rule would put 50
   * years ahead at most, {@code 01-Jan-70} for one, are of the past instead: that is how software
   * says "expired", and the safe mistake.
   */
  private static final int FIRST_TWO_DIGIT_YEAR = 1970;

  /**
   * IMF-fixdate, rfc850-date, asctime-date. Strict: a day that its month lacks is not moved to the
   * next best.
   */
  private static final List<DateTimeFormatter> FORMS =
      List.of(
              form("EEE, dd MMM ").appendValue(YEAR, 4).appendPattern(" HH:mm:ss 'GMT'"),
              form("EEEE, dd-MMM-")
                  .appendValueReduced(YEAR, 2, 2, FIRST_TWO_DIGIT_YEAR)
                  .appendPattern(" HH:mm:ss 'GMT'"),
              form("EEE MMM ppd HH:mm:ss ").appendValue(YEAR, 4))
          .stream()
          .map(form -> form.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT))
          .toList();

  private HttpDate() {}

  private static DateTimeFormatterBuilder form(String beginning) {
    return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(beginning);
  }

  /** The instant that the text names, or empty where it is no HTTP-date. */
  public static Optional<Instant> parse(String text) {
    String stripped = text.strip();
    return FORMS.stream().flatMap(form -> parse(form, stripped).stream()).findFirst();
  }

  /** The instant as an IMF-fixdate, to the second; of years from 0 to 9999 (RFC 9110 §5.6.7). */
  public static String format(Instant instant) {
    return FORMS.get(0).format(instant.atOffset(ZoneOffset.UTC));
  }

  private static Optional<Instant> parse(DateTimeFormatter form, String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException notThisForm) {
      return Optional.empty();
    }
  }
}
