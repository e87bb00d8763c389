package dev.holdfast.http;

import java.time.Instant;

/**
 * A response's head as it is stored, with what its age is reckoned from (RFC 9111 §4.2.3).
 *
 * @param head the head as the origin sent it, without connection-specific fields
 * @param selecting the request fields that it was selected by
 * @param fetched when it was asked for, and when its head arrived
 */
public record StoredResponse(ResponseHead head, Selecting selecting, FetchTimes fetched) {

  /** {@code response_time} (§4.2.3). */
  public Instant responseTime() {
    return fetched.responseTime();
  }

  /** The same response under another head. */
  public StoredResponse withHead(ResponseHead other) {
    return new StoredResponse(other, selecting, fetched);
  }

  /** The same response as other requests select it. */
  public StoredResponse selectedBy(Selecting other) {
    return new StoredResponse(head, other, fetched);
  }

  /** What it takes of the heap, all that it carries included. */
  public int weightBytes() {
    return HeapBytes.ofObject(12)
        + fetched.weightBytes()
        + head.weightBytes()
        + selecting.weightBytes();
  }
}
