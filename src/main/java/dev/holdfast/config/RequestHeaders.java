package dev.holdfast.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The headers set on every fetch: end-to-end ones that are not Holdfast's own. */
final class RequestHeaders {

  /** RFC 9110 §5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** RFC 9110 §5.5: visible characters, space, tab, obs-text. */
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  /** Of the connection, not of the request: RFC 9110 §7.6.1, and what frames or routes it. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private RequestHeaders() {}

  static Map<String, String> checked(String property, Map<String, String> headers) {
    Set<String> seen = new TreeSet<>();
    headers.forEach(
        (name, value) -> {
          var lower = name.toLowerCase(Locale.ROOT);
          var problem = seen.add(lower) ? problemOf(lower, value) : "the header is set twice";
          if (problem != null) {
            throw new InvalidConfigurationException(
                property + "." + name,
                null,
                problem,
                "Write one header name and its value, such as "
                    + property
                    + ".x-api-key=KEY, or leave it out.");
          }
        });
    return headers;
  }

  private static @Nullable String problemOf(String name, String value) {
    if (!TOKEN.matcher(name).matches()) {
      return "it is not a header name";
    }
    if (OWN.contains(name)) {
      return "this header belongs to the connection, and Holdfast sets it itself";
    }
    return VALUE.matcher(value).matches()
        ? null
        : "its value has a line break or another character that a header cannot carry";
  }
}
