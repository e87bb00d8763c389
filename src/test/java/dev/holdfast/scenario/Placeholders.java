package dev.holdfast.scenario;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What stands for the places and times of one play of a conversation: {@code {target}}, {@code
 * {origin}}, and {@code {now}}, {@code {now+60}}, {@code {rfc850 now-60}}, {@code {asctime now}}
 * for dates, all of the same now.
 */
record Placeholders(String target, String originUrl, Instant now) {

  private static final Pattern DATE = Pattern.compile("\\{(?:(\\w+) )?now([+-]\\d+)?}");

  /** The forms of an HTTP-date (RFC 9110 §5.6.7), and some that are none. */
  private static final Map<String, DateTimeFormatter> FORMS =
      Map.of(
          "imf", form("EEE, dd MMM yyyy HH:mm:ss 'GMT'"),
          "rfc850", form("EEEE, dd-MMM-yy HH:mm:ss 'GMT'"),
          "asctime", form("EEE MMM ppd HH:mm:ss yyyy"),
          "utc", form("EEE, dd MMM yyyy HH:mm:ss 'UTC'"),
          "offset", form("EEE, dd MMM yyyy HH:mm:ss '+0000'"),
          "local", form("EEE, dd MMM yyyy HH:mm:ss"));

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** The text with what the placeholders in it stand for. */
  String in(String text) {
    var dated = DATE.matcher(text).replaceAll(this::date);
    return dated.replace("{target}", target).replace("{origin}", originUrl);
  }

  List<String> in(List<String> texts) {
    return texts.stream().map(this::in).toList();
  }

  private String date(MatchResult placeholder) {
    var form = FORMS.get(Objects.requireNonNullElse(placeholder.group(1), "imf"));
    var seconds = Long.parseLong(Objects.requireNonNullElse(placeholder.group(2), "0"));
    return Objects.requireNonNull(form, placeholder.group()).format(now.plusSeconds(seconds));
  }
}
