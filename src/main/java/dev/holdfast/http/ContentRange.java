package dev.holdfast.http;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Content-Range} of a response in bytes (RFC 9110 §14.4).
 *
 * @param range the part that the content is, {@code null} in a 416: none is
 * @param completeLength the length of the whole, {@code null} if unknown
 */
public record ContentRange(@Nullable ByteRange range, @Nullable Long completeLength) {

  private static final String UNIT = "bytes ";

  /** A part of a whole that is long enough for it; one of the two is known. */
  public ContentRange {
    if (!isPossible(range, completeLength)) {
      throw new IllegalArgumentException("no part of a whole: " + range + " of " + completeLength);
    }
  }

  /** The part of a representation of that length (206). */
  public static ContentRange of(ByteRange range, long completeLength) {
    return new ContentRange(range, completeLength);
  }

  /** No part of a representation of that length (416). */
  public static ContentRange unsatisfied(long completeLength) {
    return new ContentRange(null, completeLength);
  }

  private static boolean isPossible(@Nullable ByteRange range, @Nullable Long completeLength) {
    if (completeLength == null) {
      return range != null;
    }
    return completeLength >= 0 && (range == null || range.last() < completeLength);
  }

  /** What the text says; empty where it is in another unit, or invalid (RFC 9110 §14.4). */
  public static Optional<ContentRange> parse(String fieldValue) {
    String value = fieldValue.strip();
    int slash = value.indexOf('/');
    if (slash < 0 || !value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return Optional.empty();
    }
    String part = value.substring(UNIT.length(), slash);
    String whole = value.substring(slash + 1);
    ByteRange range = range(part);
    Long completeLength = number(whole);
    boolean known =
        (range != null || part.equals("*")) && (completeLength != null || whole.equals("*"));
    return known && isPossible(range, completeLength)
        ? Optional.of(new ContentRange(range, completeLength))
        : Optional.empty();
  }

  private static @Nullable ByteRange range(String text) {
    int dash = Math.max(0, text.indexOf('-'));
    Long first = number(text.substring(0, dash));
    Long last = number(text.substring(Math.min(dash + 1, text.length())));
    return first == null || last == null || last < first ? null : new ByteRange(first, last);
  }

  /** A number that a {@code long} holds, or {@code null}. */
  private static @Nullable Long number(String digits) {
    OptionalLong number = Digits.parse(digits);
    return number.isPresent() && number.getAsLong() < Long.MAX_VALUE
        ? (Long) number.getAsLong()
        : null;
  }

  /** The field value. */
  @Override
  public String toString() {
    String part = range == null ? "*" : range.toString();
    return UNIT + part + "/" + (completeLength == null ? "*" : completeLength.toString());
  }
}
