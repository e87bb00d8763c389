package dev.holdfast.scenario;

import java.util.Arrays;
import java.util.Random;

/** Bytes of which each has its place, as many as one likes, from one small block. */
final class EndlessBytes {

  /** A prime: what is lost, doubled or put elsewhere in blocks of any usual size shows. */
  static final int PERIOD = 64_513;

  private static final byte[] TWICE = new byte[2 * PERIOD];

  static {
    var once = new byte[PERIOD];
    new Random(1).nextBytes(once);
    System.arraycopy(once, 0, TWICE, 0, PERIOD);
    System.arraycopy(once, 0, TWICE, PERIOD, PERIOD);
  }

  private EndlessBytes() {}

  /** The first so many bytes, at most one period. */
  static byte[] first(int count) {
    return Arrays.copyOf(TWICE, Math.min(count, PERIOD));
  }

  /** Whether the first so many bytes of the piece, at most one period, are those from there on. */
  static boolean areAt(long position, byte[] piece, int count) {
    var from = (int) (position % PERIOD);
    return Arrays.equals(piece, 0, count, TWICE, from, from + count);
  }
}
