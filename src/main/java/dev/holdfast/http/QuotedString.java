package dev.holdfast.http;

/** The {@code quoted-string} of RFC 9110 §5.6.4. */
final class QuotedString {

  private QuotedString() {}

  /** The index of the quote that closes the one at {@code open}, or -1: then it quotes nothing. */
  static int closing(String text, int open) {
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

  /** Whether the whole text is one quoted-string. */
  static boolean is(String text) {
    return text.startsWith("\"") && closing(text, 0) == text.length() - 1 && text.length() > 1;
  }

  /** What a quoted-string says; what is none stays as it is. */
  static String unquoted(String text) {
    if (!is(text)) {
      return text;
    }
    StringBuilder unquoted = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      }
      unquoted.append(text.charAt(i));
    }
    return unquoted.toString();
  }

  /** The quoted-string that says this. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
