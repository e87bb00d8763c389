package dev.holdfast.http;

import java.util.Optional;

/**
 * Successive bytes of a representation whose length is known: what a 206 carries (RFC 9110
 * §15.3.7.1), or the whole.
 *
 * @param range which bytes
 * @param completeLength the length of the whole, which has them all
 */
public record Part(ByteRange range, long completeLength) {

  private static final String SEVERAL = "multipart/byteranges";

  /** A part of a whole that is long enough for it. */
  public Part {
    if (range.last() >= completeLength) {
      throw new IllegalArgumentException("no part of a whole: " + range + " of " + completeLength);
    }
  }

  /** The whole of a representation that has a byte at least. */
  public static Part whole(long completeLength) {
    return new Part(new ByteRange(0, completeLength - 1), completeLength);
  }

  /** The only part that a 206 has; empty where it has several, or does not say of what. */
  static Optional<Part> of(ResponseHead head) {
    if (head.status() != 206 || hasSeveral(head)) {
      return Optional.empty();
    }
    var lines = head.fields().all("Content-Range");
    return lines.size() == 1
        ? ContentRange.parse(lines.get(0)).flatMap(Part::of)
        : Optional.empty();
  }

  private static Optional<Part> of(ContentRange said) {
    ByteRange range = said.range();
    Long completeLength = said.completeLength();
    return range == null || completeLength == null
        ? Optional.empty()
        : Optional.of(new Part(range, completeLength));
  }

  private static boolean hasSeveral(ResponseHead head) {
    String type = head.fields().first("Content-Type");
    return type != null && type.strip().regionMatches(true, 0, SEVERAL, 0, SEVERAL.length());
  }

  /** Whether it is all of the representation. */
  public boolean isWhole() {
    return range.length() == completeLength;
  }

  /** Whether nothing is missing before it. */
  public boolean isBeginning() {
    return range.first() == 0;
  }

  /** Whether it has all of those bytes. */
  public boolean holds(ByteRange other) {
    return range.first() <= other.first() && other.last() <= range.last();
  }

  /** Whether no byte is missing between the two, which are of wholes of one length. */
  public boolean meets(Part other) {
    return completeLength == other.completeLength
        && range.first() <= other.range.last() + 1
        && other.range.first() <= range.last() + 1;
  }

  /** Both together, where they meet. */
  public Part with(Part other) {
    long first = Math.min(range.first(), other.range.first());
    long last = Math.max(range.last(), other.range.last());
    return new Part(new ByteRange(first, last), completeLength);
  }

  /** The part as a 206 names it (RFC 9110 §14.4). */
  public ContentRange contentRange() {
    return ContentRange.of(range, completeLength);
  }
}
