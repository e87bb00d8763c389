package dev.holdfast.http;

import java.util.OptionalLong;

/** The {@code 1*DIGIT} of HTTP's grammars. */
final class Digits {

  private Digits() {}

  /** The number, {@link Long#MAX_VALUE} where it is greater; empty where the text is none. */
  static OptionalLong parse(String text) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      boolean fits = number <= (Long.MAX_VALUE - digit) / 10;
      number = fits ? number * 10 + digit : Long.MAX_VALUE;
    }
    return OptionalLong.of(number);
  }
}
