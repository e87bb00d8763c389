package dev.holdfast.http;

/**
 * Some successive bytes of a representation (RFC 9110 §14.1.2).
 *
 * @param first the position of the first, from 0
 * @param last the position of the last, not before the first
 */
public record ByteRange(long first, long last) {

  /** A range that has a byte at least, and no more of them than a {@code long} can count. */
  public ByteRange {
    if (first < 0 || last < first || last == Long.MAX_VALUE) {
      throw new IllegalArgumentException("no range of bytes: " + first + "-" + last);
    }
  }

  /** The number of bytes. */
  public long length() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
