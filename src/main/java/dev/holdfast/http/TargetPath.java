package dev.holdfast.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** The path of a request target in origin form (RFC 9112 §3.2.1): what is before the query. */
public final class TargetPath {

  /** Delimiters that are none as RFC 3986 reads a path, and control characters. */
  private static final Pattern DOUBTFUL = Pattern.compile("//|[;\\\\]|%([01]|2f|5c|3b|3f|23|7f)");

  private TargetPath() {}

  /** The path, byte for byte; never with the query's question mark. */
  public static String of(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /**
   * Whether an origin may well read the path as another one: it has dot segments, parameters, empty
   * segments, or encoded delimiters or control characters.
   */
  public static boolean isAmbiguous(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (DOUBTFUL.matcher(lower).find()) {
      return true;
    }
    for (String segment : lower.replace("%2e", ".").split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return true;
      }
    }
    return false;
  }
}
