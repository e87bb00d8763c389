package dev.holdfast.service;

import dev.holdfast.http.ByteRange;
import dev.holdfast.http.ByteRanges;
import dev.holdfast.http.Part;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.policy.Ranges;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Flux;

/**
 * The ranges of a response that a request asks for, as the answer to it (RFC 9110 §14.2, §15.3.7).
 *
 * @param first the position in the representation of the response's first byte
 * @param completeLength the length of the representation
 * @param isReplayable whether the response's body can be had several times
 */
record Parts(long first, long completeLength, boolean isReplayable) {

  /** What is stored, and may be a part itself. */
  static Parts ofStored(ResponseHead head, long storedBytes) {
    return head.part()
        .map(part -> new Parts(part.range().first(), part.completeLength(), true))
        .orElseGet(() -> new Parts(0, storedBytes, true));
  }

  /** What arrives, of whose body each byte comes once. */
  static Parts ofArriving(long completeLength) {
    return new Parts(0, completeLength, false);
  }

  /** The answer to the request: 206, 416, or the response as it is. */
  Answer.Response of(Answer.Response response, RequestHead request) {
    ResponseHead head = response.head();
    ByteRanges.Selection selection = Ranges.selection(request, head, completeLength);
    if (selection instanceof ByteRanges.Unsatisfiable) {
      return response.with(Ranges.unsatisfiable(head, completeLength), Flux.empty());
    }
    if (!(selection instanceof ByteRanges.Parts parts)) {
      return response;
    }
    List<ByteRange> ranges = parts.ranges();
    if (ranges.size() == 1) {
      ByteRange only = ranges.get(0);
      ResponseHead partial = Ranges.oneOf(head, request, new Part(only, completeLength));
      return response.with(partial, slice(response.body(), only));
    }
    return isReplayable ? several(response, request, ranges) : response;
  }

  private Flux<ByteBuf> slice(Flux<ByteBuf> body, ByteRange range) {
    return Slice.of(body, range.first() - first, range.length());
  }

  /** As {@code multipart/byteranges} (RFC 9110 §14.6). */
  private Answer.Response several(
      Answer.Response response, RequestHead request, List<ByteRange> ranges) {
    String boundary = boundary();
    List<Flux<ByteBuf>> content = new ArrayList<>();
    long length = 0;
    for (ByteRange range : ranges) {
      byte[] partHead = partHead(response.head(), boundary, range);
      content.add(bytes(partHead));
      content.add(slice(response.body(), range));
      length += partHead.length + range.length();
    }
    byte[] end = ascii("\r\n--" + boundary + "--\r\n");
    content.add(bytes(end));
    String type = "multipart/byteranges; boundary=" + boundary;
    ResponseHead head = Ranges.severalOf(response.head(), request, type, length + end.length);
    return response.with(head, Flux.concat(content));
  }

  private byte[] partHead(ResponseHead whole, String boundary, ByteRange range) {
    String type = whole.fields().first("Content-Type");
    return ascii(
        "\r\n--"
            + boundary
            + (type == null ? "" : "\r\nContent-Type: " + type)
            + "\r\nContent-Range: "
            + new Part(range, completeLength).contentRange()
            + "\r\n\r\n");
  }

  /** Too many possible ones for a body to have it in it. */
  private static String boundary() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return String.format("%016x%016x", random.nextLong(), random.nextLong());
  }

  private static Flux<ByteBuf> bytes(byte[] bytes) {
    return Flux.defer(() -> Flux.just(Unpooled.wrappedBuffer(bytes)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
