package dev.holdfast.scenario;

import java.util.Arrays;
import java.util.Random;

/** Bodies that tell of which response they are, so that a mixed or cut one is found out. */
final class SoakContent {

  /** Names the version and the length of the body. */
  static final String FIELD = "X-Content";

  private SoakContent() {}

  static byte[] of(String target, long version, int length) {
    var bytes = new byte[length];
    new Random(31L * target.hashCode() + version).nextBytes(bytes);
    return bytes;
  }

  static String field(long version, int length) {
    return FIELD + ": " + version + " " + length;
  }

  /** The version that the field names. */
  static long versionOf(String field) {
    return Long.parseLong(field.split(" ", 2)[0]);
  }

  /** Whether these are all the bytes of the response with that field. */
  static boolean isWhole(String target, String field, byte[] bytes) {
    var parts = field.split(" ", 2);
    var length = Integer.parseInt(parts[1]);
    return bytes.length == length
        && Arrays.equals(bytes, of(target, Long.parseLong(parts[0]), length));
  }
}
