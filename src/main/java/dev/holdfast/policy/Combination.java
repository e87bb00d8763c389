package dev.holdfast.policy;

import dev.holdfast.http.Fields;
import dev.holdfast.http.Part;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one representation put together (RFC 9110 §15.3.7.3, RFC 9111 §3.3, §3.4): those that
 * share a strong validator and leave no byte out between them.
 *
 * @param head of both together, a 200 if nothing is missing any more
 * @param before how many of the later part's first bytes come before the stored ones
 * @param after how many of its last bytes come after them
 */
public record Combination(ResponseHead head, long before, long after) {

  /** Whether a 206 can be put together with others: it has one part, and a strong validator. */
  static boolean isPossible(ResponseHead partial) {
    return partial.part().isPresent()
        && Preconditions.strongValidator(partial.fields()).isPresent();
  }

  /**
   * What is stored and a later part of it.
   *
   * @param storedBytes the length of what is stored
   * @return {@code null} if they are no parts of the same, or not next to each other
   */
  public static @Nullable Combination of(
      ResponseHead stored, long storedBytes, ResponseHead later) {
    Optional<Part> known = held(stored, storedBytes);
    Optional<Part> came = later.part();
    if (known.isEmpty() || came.isEmpty() || !areOfOneState(stored, later)) {
      return null;
    }
    Part one = known.get();
    Part other = came.get();
    return one.meets(other)
        ? new Combination(head(stored, one.with(other), later), one, other)
        : null;
  }

  private Combination(ResponseHead head, Part stored, Part later) {
    this(
        head,
        Math.max(0, stored.range().first() - later.range().first()),
        Math.max(0, later.range().last() - stored.range().last()));
  }

  private static Optional<Part> held(ResponseHead stored, long bytes) {
    return stored.status() == 200 && bytes > 0 ? Optional.of(Part.whole(bytes)) : stored.part();
  }

  private static boolean areOfOneState(ResponseHead stored, ResponseHead later) {
    Optional<String> validator = Preconditions.strongValidator(stored.fields());
    return validator.isPresent() && validator.equals(Preconditions.strongValidator(later.fields()));
  }

  /** The later fields count (RFC 9110 §15.3.7.3), but for what says which bytes these are. */
  private static ResponseHead head(ResponseHead stored, Part together, ResponseHead later) {
    Fields fields = Validation.updated(stored, later.fields()).fields();
    Fields.Builder said = Fields.builder().addAll(Ranges.withoutPlace(fields));
    said.add("Content-Length", Long.toString(together.range().length()));
    if (together.isWhole()) {
      return new ResponseHead(200, "OK", said.build(), later.version());
    }
    said.add("Content-Range", together.contentRange().toString());
    return new ResponseHead(206, later.reason(), said.build(), later.version());
  }

  /** Whether a stored response is the beginning of a whole, and the rest can be asked for. */
  static boolean lacksTheRest(StoredResponse stored) {
    return isPossible(stored.head()) && stored.head().part().filter(Part::isBeginning).isPresent();
  }

  /** The request for the rest of the stored response's representation (RFC 9111 §3.3). */
  public static RequestHead forTheRest(RequestHead request, StoredResponse stored) {
    ResponseHead head = stored.head();
    long next = head.part().orElseThrow().range().last() + 1;
    return request.withFields(
        Fields.builder()
            .addAll(request.fields())
            .add("Range", "bytes=" + next + "-")
            .add("If-Range", Preconditions.strongValidator(head.fields()).orElseThrow())
            .build());
  }

  /**
   * The head of the whole that the stored response and the rest of it make.
   *
   * @return {@code null} if they make none: the 206 is not all of the rest and nothing else
   */
  public static @Nullable ResponseHead completed(ResponseHead stored, ResponseHead rest) {
    Combination both = of(stored, 0, rest);
    if (both == null || both.head.status() != 200) {
      return null;
    }
    boolean isNothingElse = both.after == rest.part().orElseThrow().range().length();
    return isNothingElse ? both.head : null;
  }
}
