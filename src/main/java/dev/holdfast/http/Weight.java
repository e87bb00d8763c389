package dev.holdfast.http;

import java.util.OptionalInt;

/** The {@code weight} of a preference, in thousandths (RFC 9110 §12.4.2). */
final class Weight {

  /** That of a preference that says none: 1. */
  static final int WHOLE = 1000;

  private static final int DECIMALS = 3;

  private Weight() {}

  /** Whether the parameter is a weight by its name, be it valid or not. */
  static boolean isNamedBy(String parameter) {
    return parameter.regionMatches(true, 0, "q=", 0, 2);
  }

  /** The weight that a parameter so named has, empty where its value is none. */
  static OptionalInt parse(String parameter) {
    String value = parameter.substring(2);
    int length = value.length();
    boolean decimals = length > 1 && value.charAt(1) == '.';
    if (length == 0 || length > 2 + DECIMALS || (length > 1 && !decimals)) {
      return OptionalInt.empty();
    }
    String digits = value.charAt(0) + (decimals ? value.substring(2) : "");
    long thousandths = Digits.parse(digits + "0".repeat(1 + DECIMALS - digits.length())).orElse(-1);
    return thousandths < 0 || thousandths > WHOLE
        ? OptionalInt.empty()
        : OptionalInt.of((int) thousandths);
  }

  /** The parameter in its shortest form, with the semicolon before it; nothing for 1. */
  static String print(int thousandths) {
    if (thousandths == WHOLE) {
      return "";
    }
    int end = DECIMALS;
    String decimals = Integer.toString(WHOLE + thousandths).substring(1);
    while (end > 0 && decimals.charAt(end - 1) == '0') {
      end--;
    }
    return ";q=0" + (end == 0 ? "" : "." + decimals.substring(0, end));
  }
}
