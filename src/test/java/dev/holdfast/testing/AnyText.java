package dev.holdfast.testing;

import java.util.List;
import java.util.Random;

/** Texts as a sender may write them who knows no grammar, or knows it and means no good. */
public final class AnyText {

  /** What they are made up of. */
  public static final List<String> PIECES =
      List.of(
          // what separates and quotes
          ",",
          ";",
          "=",
          ":",
          "/",
          "//",
          "-",
          ".",
          "*",
          "?",
          "&",
          "%",
          "#",
          "@",
          "(",
          ")",
          "[",
          "]",
          " ",
          "\t",
          "\"",
          "\\",
          "\\\"",
          "\\\\",
          "\"\"",
          "\"a\"",
          "=\"",
          "=\"a",
          "W/",
          "W/\"",
          "'",
          // what is hardly ever there: controls and obs-text
          "\0",
          "\r",
          "\n",
          "\u007f",
          "\u0080",
          "\u00a0",
          "\u00e9",
          "\u00ff",
          // numbers
          "0",
          "1",
          "00",
          "-1",
          "1.5",
          "1e9",
          "0x1",
          "999",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999999999999999999999999",
          // beginnings and ends of what is right
          "a",
          "A",
          "no-cache",
          "no-store",
          "max-age=",
          "private=\"",
          "bytes=",
          "bytes ",
          "0-",
          "-5",
          "5-",
          "q=",
          ";q=0.",
          "text/html",
          "*/*",
          "gzip",
          "chunked",
          "1.1 holdfast",
          "1.1 ",
          "Sun, 06 Nov 1994 08:49:37 GMT",
          "Sunday, 06-Nov-94 08:49:37 GMT",
          "Sun Nov  6 08:49:37 1994",
          "http://",
          "http://a",
          "../",
          "%2f",
          "%2E",
          "%zz",
          "?0",
          "?1",
          ":YQ==:",
          ":YQ=",
          "Content-Type");

  private AnyText() {}

  /** Some pieces, one now and then many times, and now and then any octet or other character. */
  public static String of(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(12); left > 0; left--) {
      switch (random.nextInt(40)) {
        case 0 -> text.append(piece(random).repeat(random.nextInt(200)));
        case 1, 2 -> text.append((char) random.nextInt(256));
        case 3 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
        default -> text.append(piece(random));
      }
    }
    return text.toString();
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }
}
