package dev.holdfast.policy;

import dev.holdfast.http.ByteRanges;
import dev.holdfast.http.ContentRange;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Part;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import java.util.Set;

/** What of a response answers a request for ranges of it (RFC 9110 §14.2, RFC 9111 §3.3). */
public final class Ranges {

  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String CONTENT_RANGE = "Content-Range";
  private static final String CONTENT_TYPE = "Content-Type";

  /** What the sender of {@code If-Range} has already: fields of the representation (§15.3.7). */
  private static final Set<String> KNOWN_BY_IF_RANGE =
      Set.of("content-encoding", "content-language", "content-type", "last-modified");

  private static final Set<String> OF_ONE_CONTENT =
      Set.of("content-length", "content-range", "trailer");

  /** What is said of the answer itself, and not of the representation that it has nothing of. */
  private static final Set<String> OF_A_416 = Set.of("date", "vary");

  private Ranges() {}

  /**
   * What answers the request where the response's representation has that many bytes: the whole
   * where no range is asked for, where the method has none, and where {@code If-Range} is false.
   */
  public static ByteRanges.Selection selection(
      RequestHead request, ResponseHead response, long completeLength) {
    boolean applies =
        Requests.asksForAPart(request)
            && response.isOfWhatWasFound()
            && Preconditions.ifRangeHolds(request, response);
    return applies
        ? ByteRanges.of(request.fields())
            .map(ranges -> ranges.select(completeLength))
            .orElseGet(ByteRanges.Whole::new)
        : new ByteRanges.Whole();
  }

  /** Whether a stored response has what is asked for: a part has no more than its bytes (§3.3). */
  static boolean areIn(ResponseHead stored, RequestHead request) {
    return stored.status() != 206
        || stored.part().filter(part -> areIn(part, stored, request)).isPresent();
  }

  private static boolean areIn(Part part, ResponseHead stored, RequestHead request) {
    return selection(request, stored, part.completeLength()) instanceof ByteRanges.Parts asked
        && asked.ranges().stream().allMatch(part::holds);
  }

  /** The head of a 206 with one part of the response (RFC 9110 §15.3.7.1). */
  public static ResponseHead oneOf(ResponseHead response, RequestHead request, Part part) {
    Fields.Builder fields =
        common(response, request)
            .add(CONTENT_RANGE, part.contentRange().toString())
            .add(CONTENT_LENGTH, Long.toString(part.range().length()));
    return partial(fields, response);
  }

  /**
   * The head of a 206 with several parts of the response (RFC 9110 §15.3.7.2).
   *
   * @param contentType of the content that has them all
   */
  public static ResponseHead severalOf(
      ResponseHead response, RequestHead request, String contentType, long contentLength) {
    Fields others = common(response, request).build().without(CONTENT_TYPE::equalsIgnoreCase);
    Fields.Builder fields =
        Fields.builder()
            .addAll(others)
            .add(CONTENT_TYPE, contentType)
            .add(CONTENT_LENGTH, Long.toString(contentLength));
    return partial(fields, response);
  }

  private static ResponseHead partial(Fields.Builder fields, ResponseHead response) {
    return new ResponseHead(206, "Partial Content", fields.build(), response.version());
  }

  private static Fields.Builder common(ResponseHead response, RequestHead request) {
    Fields fields = withoutPlace(response.fields());
    boolean known = request.fields().contains("If-Range");
    return Fields.builder().addAll(known ? fields.without(KNOWN_BY_IF_RANGE) : fields);
  }

  /** The fields but those about one content: which bytes it is, and what comes behind it. */
  static Fields withoutPlace(Fields fields) {
    return fields.without(OF_ONE_CONTENT);
  }

  /** The head of a 416: the representation has no byte that is asked for (RFC 9110 §15.5.17). */
  public static ResponseHead unsatisfiable(ResponseHead response, long completeLength) {
    Fields.Builder fields =
        Fields.builder()
            .addAll(response.fields().only(OF_A_416))
            .add(CONTENT_RANGE, ContentRange.unsatisfied(completeLength).toString())
            .add(CONTENT_LENGTH, "0");
    return new ResponseHead(416, "Range Not Satisfiable", fields.build(), response.version());
  }
}
