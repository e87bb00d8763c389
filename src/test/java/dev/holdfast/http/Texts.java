package dev.holdfast.http;

import java.util.Random;

/** Texts made up of what is likely to be misread. */
final class Texts {

  private Texts() {}

  /** Up to so many characters of the alphabet, and now and then any octet. */
  static String random(Random random, String alphabet, int maxLength) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(maxLength + 1); left > 0; left--) {
      boolean any = random.nextInt(20) == 0;
      text.append(
          any ? (char) random.nextInt(256) : alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
