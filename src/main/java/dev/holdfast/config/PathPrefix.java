package dev.holdfast.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An origin's path prefix, compared with raw paths byte for byte. */
final class PathPrefix {

  private PathPrefix() {}

  /** The prefix without a trailing slash: empty for {@code /}. */
  static String normalise(String property, String written, String name) {
    var problem = problemOf(written);
    if (problem != null) {
      throw new InvalidConfigurationException(
          property,
          written,
          problem,
          "Write a path such as " + property + "=/" + name + ", or / for every path.");
    }
    return written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
  }

  private static @Nullable String problemOf(String written) {
    if (!written.startsWith("/")) {
      return "a path prefix starts with '/'";
    }
    if (written.chars().anyMatch(c -> c == '?' || c == '#')) {
      return "a query ('?') or fragment ('#') is no part of a path";
    }
    if (written.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      return "paths are compared as they are sent, so that other characters than visible ASCII must"
          + " be percent-encoded";
    }
    return written.length() == 1 ? null : segmentProblemOf(written);
  }

  private static @Nullable String segmentProblemOf(String written) {
    var segments = written.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      var segment = segments[i].toLowerCase(Locale.ROOT).replace("%2e", ".");
      if (segment.isEmpty() && i < segments.length - 1) {
        return "a segment of it is empty ('//')";
      }
      if (segment.equals(".") || segment.equals("..")) {
        return "a segment of it is '.' or '..'";
      }
    }
    return null;
  }
}
