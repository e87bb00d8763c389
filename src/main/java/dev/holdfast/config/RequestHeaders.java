package dev.holdfast.config;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Headers of requests that the configuration names: end-to-end ones, not Holdfast's own. */
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

  /** Callers' headers that a fetch carries, in lower case. */
  static Set<String> allowed(String property, List<String> names) {
    return named(property, names, "accept,accept-language", RequestHeaders::problemOf);
  }

  /** Callers' headers that are part of the key, in lower case. */
  static Set<String> keyed(String property, List<String> names) {
    return named(
        property,
        names,
        "x-tenant",
        name ->
            name.equals("authorization")
                ? "a credential is kept as a keyed hash only, which authorization=per-credential"
                    + " does"
                : problemOf(name));
  }

  private static Set<String> named(
      String property,
      List<String> names,
      String example,
      Function<String, @Nullable String> problems) {
    Set<String> lower = new TreeSet<>();
    for (String name : names) {
      lower.add(name.toLowerCase(Locale.ROOT));
      String problem = problems.apply(name.toLowerCase(Locale.ROOT));
      if (problem != null) {
        throw new InvalidConfigurationException(
            property,
            name,
            problem,
            "Write header names, such as " + property + "=" + example + ".");
      }
    }
    return Collections.unmodifiableSet(lower);
  }

  /** RFC 9110 §5.6.2. */
  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  private static @Nullable String problemOf(String name) {
    if (!isToken(name)) {
      return "it is not a header name";
    }
    return OWN.contains(name)
        ? "this header belongs to the connection, and Holdfast sets it itself"
        : null;
  }

  private static @Nullable String problemOf(String name, String value) {
    String ofName = problemOf(name);
    if (ofName != null) {
      return ofName;
    }
    return VALUE.matcher(value).matches()
        ? null
        : "its value has a line break or another character that a header cannot carry";
  }
}
