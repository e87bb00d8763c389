package dev.holdfast.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The {@code Range} of a request in bytes (RFC 9110 §14.1.2, §14.2).
 *
 * @param specs the ranges asked for, in order, one at least
 */
public record ByteRanges(List<Spec> specs) {

  /** More ranges than this are answered with the whole (RFC 9110 §17.15). */
  public static final int MAX_RANGES = 16;

  private static final String UNIT = "bytes=";

  /** Ranges as asked for. */
  public ByteRanges {
    specs = List.copyOf(specs);
  }

  /** One range as asked for, of a representation whose length is not known (RFC 9110 §14.1.1). */
  public sealed interface Spec {

    /** The bytes that it is in a representation of that length, empty if there are none. */
    Optional<ByteRange> of(long completeLength);
  }

  /**
   * {@code first-last}, or {@code first-}: then the last is {@link Long#MAX_VALUE}.
   *
   * @param first the first position asked for
   * @param last the last position asked for, not before the first
   */
  public record Interval(long first, long last) implements Spec {

    @Override
    public Optional<ByteRange> of(long completeLength) {
      return first < completeLength
          ? Optional.of(new ByteRange(first, Math.min(last, completeLength - 1)))
          : Optional.empty();
    }
  }

  /**
   * {@code -length}: the last bytes.
   *
   * @param length how many of them
   */
  public record Suffix(long length) implements Spec {

    @Override
    public Optional<ByteRange> of(long completeLength) {
      long size = Math.min(length, completeLength);
      return size > 0
          ? Optional.of(new ByteRange(completeLength - size, completeLength - 1))
          : Optional.empty();
    }
  }

  /** What answers a request for ranges of a representation. */
  public sealed interface Selection {}

  /**
   * Parts of the representation: 206.
   *
   * @param ranges the parts in ascending order, none overlapping another; one at least
   */
  public record Parts(List<ByteRange> ranges) implements Selection {

    /** Parts in that order. */
    public Parts {
      ranges = List.copyOf(ranges);
    }
  }

  /** The whole, as if no range had been asked for: 200. */
  public record Whole() implements Selection {}

  /** Nothing, for the representation has no such byte: 416. */
  public record Unsatisfiable() implements Selection {}

  /**
   * The ranges in a request's {@code Range}; empty where the field is absent, in another unit or
   * against the grammar, and thus to be ignored (RFC 9110 §14.2).
   */
  public static Optional<ByteRanges> of(Fields request) {
    List<String> lines = request.all("Range");
    return lines.size() == 1 ? parse(lines.get(0)) : Optional.empty();
  }

  private static Optional<ByteRanges> parse(String line) {
    String value = line.strip();
    if (!value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return Optional.empty();
    }
    List<Spec> specs = new ArrayList<>();
    for (String member : value.substring(UNIT.length()).split(",", -1)) {
      String text = member.strip();
      Optional<Spec> spec = spec(text);
      if (spec.isEmpty() && !text.isEmpty()) {
        return Optional.empty();
      }
      spec.ifPresent(specs::add);
    }
    return specs.isEmpty() ? Optional.empty() : Optional.of(new ByteRanges(specs));
  }

  private static Optional<Spec> spec(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    OptionalLong first = Digits.parse(text.substring(0, dash));
    OptionalLong last = Digits.parse(text.substring(dash + 1));
    if (dash == 0) {
      return last.isPresent() ? Optional.of(new Suffix(last.getAsLong())) : Optional.empty();
    }
    boolean open = dash == text.length() - 1;
    long end = open ? Long.MAX_VALUE : last.orElse(-1);
    return first.isPresent() && first.getAsLong() <= end
        ? Optional.of(new Interval(first.getAsLong(), end))
        : Optional.empty();
  }

  /**
   * What answers the request where the representation has that many bytes. Too many ranges, and
   * such as overlap or do not ascend, get the whole: they cost more than it (RFC 9110 §14.2,
   * §17.15). So does a suffix of nothing, which no {@code Content-Range} can name.
   */
  public Selection select(long completeLength) {
    boolean ofNothing = completeLength == 0 && specs.stream().anyMatch(ByteRanges::isSuffix);
    if (specs.size() > MAX_RANGES || ofNothing) {
      return new Whole();
    }
    List<ByteRange> ranges =
        specs.stream().flatMap(spec -> spec.of(completeLength).stream()).toList();
    if (ranges.isEmpty()) {
      return new Unsatisfiable();
    }
    return ascends(ranges) ? new Parts(ranges) : new Whole();
  }

  private static boolean isSuffix(Spec spec) {
    return spec instanceof Suffix suffix && suffix.length() > 0;
  }

  private static boolean ascends(List<ByteRange> ranges) {
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i).first() <= ranges.get(i - 1).last()) {
        return false;
      }
    }
    return true;
  }
}
