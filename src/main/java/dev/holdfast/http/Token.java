package dev.holdfast.http;

/** The {@code token} of RFC 9110 §5.6.2, of which names are made. */
final class Token {

  private static final String OTHERS = "!#$%&'*+-.^_`|~";

  private Token() {}

  /** Whether the whole text is one token. */
  static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isChar(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isChar(char c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || OTHERS.indexOf(c) >= 0;
  }
}
