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

/** The three forms of an HTTP-date (RFC 9110 §5.6.7). */
public final class HttpDate {

  /**
   * IMF-fixdate, rfc850-date, asctime-date. Strict: a day that its month lacks is not moved to the
   * next best. A two-digit year is read as one from 1970 to 2069.
   */
  private static final List<DateTimeFormatter> FORMS =
      List.of(
              form("EEE, dd MMM ").appendValue(YEAR, 4).appendPattern(" HH:mm:ss 'GMT'"),
              form("EEEE, dd-MMM-")
                  .appendValueReduced(YEAR, 2, 2, 1970)
                  .appendPattern(" HH:mm:ss 'GMT'"),
              form("EEE MMM ppd HH:mm:ss ").appendValue(YEAR, 4))
          .stream()
          .map(form -> form.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT))
          .toList();

  private HttpDate() {}

  private static DateTimeFormatterBuilder form(String beginning) {
    return new DateTimeFormatterBuilder().appendPattern(beginning);
  }

  /** The instant that the text names, or empty where it is no HTTP-date. */
  public static Optional<Instant> parse(String text) {
    String stripped = text.strip();
    return FORMS.stream().flatMap(form -> parse(form, stripped).stream()).findFirst();
  }

  private static Optional<Instant> parse(DateTimeFormatter form, String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException notThisForm) {
      return Optional.empty();
    }
  }
}
