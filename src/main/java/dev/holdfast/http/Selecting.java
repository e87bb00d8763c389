package dev.holdfast.http;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The request fields that a response was selected by, with their values (RFC 9111 §4.1).
 *
 * <p>Values of the same meaning are the same: white space around commas does not count, and of
 * preferences, {@code Accept-Language} and its like, neither case, order nor the weight's spelling.
 *
 * @param names the field names that {@code Vary} nominates, in lower case, sorted, each once
 * @param values their normalised values in the request, {@code null} for an absent field
 */
public record Selecting(List<String> names, List<@Nullable String> values) {

  /** What selects a response without {@code Vary}. */
  public static final Selecting ALWAYS = new Selecting(List.of(), List.of());

  /** Whether {@code Vary} says that no request can be matched: {@code *} among its members. */
  public static boolean matchesNothing(Fields response) {
    return response.members("Vary").contains("*");
  }

  /** What selects the response that has these fields, when it answers that request. */
  public static Selecting of(Fields response, Fields request) {
    return by(List.copyOf(new TreeSet<>(response.members("Vary"))), request);
  }

  /** The request's values of the named fields. */
  public static Selecting by(List<String> names, Fields request) {
    if (names.isEmpty()) {
      return ALWAYS;
    }
    return new Selecting(
        names,
        names.stream()
            .<@Nullable String>map(name -> normalised(name, request.combined(name)))
            .toList());
  }

  /** Whether the request has the same values in the fields that count. */
  public boolean matches(Fields request) {
    for (int i = 0; i < names.size(); i++) {
      if (!hasValue(names.get(i), values.get(i), request)) {
        return false;
      }
    }
    return true;
  }

  /** A value that is the stored one to the byte is normal already, as that one is. */
  private static boolean hasValue(String name, @Nullable String value, Fields request) {
    String presented = request.combined(name);
    return Objects.equals(value, presented) || Objects.equals(value, normalised(name, presented));
  }

  /** Whether there can be a request that both match. */
  public boolean overlaps(Selecting other) {
    for (int i = 0; i < names.size(); i++) {
      int at = other.names.indexOf(names.get(i));
      if (at >= 0 && !Objects.equals(values.get(i), other.values.get(at))) {
        return false;
      }
    }
    return true;
  }

  /** What it takes of the heap. */
  int weightBytes() {
    if (names.isEmpty()) {
      return 0; // there is one for all
    }
    int weight = HeapBytes.ofObject(8) + 2 * HeapBytes.ofList(names.size());
    for (int i = 0; i < names.size(); i++) {
      weight += HeapBytes.ofString(names.get(i)) + HeapBytes.ofString(values.get(i));
    }
    return weight;
  }

  private static @Nullable String normalised(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    String spaced = withoutSpace(value);
    return Preferences.has(name) ? Preferences.normalised(name, spaced) : spaced;
  }

  /**
   * The value without white space at its ends and around commas, except in quoted strings.
   *
   * <p>In one pass: callers choose the text, and a regular expression would take its square.
   */
  private static String withoutSpace(String value) {
    StringBuilder normal = new StringBuilder(value.length());
    boolean quoted = false;
    boolean escaped = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!quoted && c == ',') {
        trimEnd(normal);
      }
      boolean leads = normal.isEmpty() || normal.charAt(normal.length() - 1) == ',';
      if (quoted || !leads || !isBlank(c)) {
        normal.append(c);
      }
      quoted ^= c == '"' && !escaped;
      escaped = quoted && c == '\\' && !escaped;
    }
    if (!quoted) {
      trimEnd(normal);
    }
    return normal.toString();
  }

  private static void trimEnd(StringBuilder text) {
    int length = text.length();
    while (length > 0 && isBlank(text.charAt(length - 1))) {
      length--;
    }
    text.setLength(length);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
