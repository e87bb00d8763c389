package dev.holdfast.http;

import java.time.Instant;

/**
 * A response's head as it is stored, with what its age is reckoned from (RFC 9111 §4.2.3).
 *
 * @param head the head as the origin sent it, without connection-specific fields
 * @param selecting the request fields that it was selected by
 * @param requestTime when the request that fetched it was sent
 * @param responseTime when its head arrived
 */
public record StoredResponse(
    ResponseHead head, Selecting selecting, Instant requestTime, Instant responseTime) {

  private static final int INSTANT = HeapBytes.ofObject(12);

  /** The same response under another head. */
  public StoredResponse withHead(ResponseHead other) {
    return new StoredResponse(other, selecting, requestTime, responseTime);
  }

  /** The same response as other requests select it. */
  public StoredResponse selectedBy(Selecting other) {
    return new StoredResponse(head, other, requestTime, responseTime);
  }

  /** What it takes of the heap, all that it carries included. */
  public int weightBytes() {
    return HeapBytes.ofObject(16) + 2 * INSTANT + head.weightBytes() + selecting.weightBytes();
  }
}
