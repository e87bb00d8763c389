package dev.holdfast.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directives of one message's {@code Cache-Control} (RFC 9111 §5.2).
 *
 * <p>Parsing never fails: what is not a directive is left out. Of a directive that occurs twice the
 * first occurrence counts (§4.2.1). Names are in lower case.
 */
public final class CacheControl {

  /** What a delta-seconds that is too large to represent counts as (RFC 9111 §1.2.2). */
  public static final long MAX_DELTA_SECONDS = 1L << 31;

  private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");

  private static final CacheControl NONE = new CacheControl(Map.of());

  private final Map<String, String> directives;

  private CacheControl(Map<String, String> directives) {
    this.directives = directives;
  }

  /** The directives of a request: those of its {@code Cache-Control} lines. */
  public static CacheControl ofRequest(Fields request) {
    return of(request);
  }

  /** The directives of a response that are meant for this cache. */
  public static CacheControl ofResponse(Fields response) {
    return of(response);
  }

  private static CacheControl of(Fields fields) {
    List<String> lines = fields.all("Cache-Control");
    return lines.isEmpty() ? NONE : parse(lines);
  }

  /** These directives without the ones of those names. */
  public CacheControl without(Set<String> names) {
    Map<String, String> kept = new LinkedHashMap<>(directives);
    kept.keySet().removeAll(names);
    return new CacheControl(kept);
  }

  /** Each line is read by itself, so that a quote left open in one hides nothing in the next. */
  static CacheControl parse(List<String> lines) {
    Map<String, String> directives = new LinkedHashMap<>();
    for (String line : lines) {
      int at = 0;
      while (at < line.length()) {
        int end = memberEnd(line, at);
        addDirective(directives, line.substring(at, end));
        at = end + 1;
      }
    }
    return new CacheControl(directives);
  }

  /** The index of the comma that ends the member beginning at {@code from}. */
  private static int memberEnd(String line, int from) {
    char before = ',';
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ',') {
        return i;
      }
      if (c == '"' && before == '=') {
        i = Math.max(i, closingQuote(line, i));
      }
      before = c == ' ' || c == '\t' ? before : c;
    }
    return line.length();
  }

  /** The index of the quote that closes the one at {@code open}, or -1: then it quotes nothing. */
  private static int closingQuote(String text, int open) {
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
  }

  private static void addDirective(Map<String, String> directives, String member) {
    int equals = member.indexOf('=');
    String name = (equals < 0 ? member : member.substring(0, equals)).strip();
    if (!name.isEmpty()) {
      String argument = equals < 0 ? "" : unquoted(member.substring(equals + 1).strip());
      directives.putIfAbsent(name.toLowerCase(Locale.ROOT), argument);
    }
  }

  /** The text of a quoted-string (RFC 9110 §5.6.4); what is none stays as it is. */
  private static String unquoted(String argument) {
    int last = argument.length() - 1;
    boolean quoted = last > 0 && argument.charAt(0) == '"' && closingQuote(argument, 0) == last;
    return quoted ? QUOTED_PAIR.matcher(argument.substring(1, last)).replaceAll("$1") : argument;
  }

  /** Whether the directive is there, with or without an argument. */
  public boolean has(String directive) {
    return directives.containsKey(directive);
  }

  /** The directive's argument without quotes, empty if it has none, {@code null} if absent. */
  public @Nullable String argument(String directive) {
    return directives.get(directive);
  }

  /**
   * The directive's delta-seconds (RFC 9111 §1.2.2): empty if the directive is absent; 0, that is
   * stale, if its argument is no number (§4.2.1).
   */
  public OptionalLong seconds(String directive) {
    String argument = directives.get(directive);
    return argument == null
        ? OptionalLong.empty()
        : OptionalLong.of(deltaSeconds(argument).orElse(0));
  }

  /** A delta-seconds, or empty where the text is none; too large a number is capped. */
  public static OptionalLong deltaSeconds(String text) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    long seconds = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return OptionalLong.empty();
      }
      seconds = Math.min(MAX_DELTA_SECONDS, seconds * 10 + (c - '0'));
    }
    return OptionalLong.of(seconds);
  }

  @Override
  public String toString() {
    return directives.toString();
  }
}
