package dev.holdfast.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A response's head as it is stored, with what its age is reckoned from (RFC 9111 §4.2.3).
 *
 * @param head the head as the origin sent it, without connection-specific fields
 * @param selecting the request fields that it was selected by
 * @param fetched when it was asked for, and when its head arrived
 * @param staleSince from when on it is stale whatever its lifetime is, as it was made so; {@code
 *     null} if it was not
 */
public record StoredResponse(
    ResponseHead head, Selecting selecting, FetchTimes fetched, @Nullable Instant staleSince) {

  /** One that is stale when its lifetime is over, and not before. */
  public StoredResponse(ResponseHead head, Selecting selecting, FetchTimes fetched) {
    this(head, selecting, fetched, null);
  }

  /** {@code response_time} (§4.2.3). */
  public Instant responseTime() {
    return fetched.responseTime();
  }

  /** The same response under another head. */
  public StoredResponse withHead(ResponseHead other) {
    return new StoredResponse(other, selecting, fetched, staleSince);
  }

  /** The same response, stale from then on. */
  public StoredResponse staleSince(@Nullable Instant when) {
    return when == null ? this : new StoredResponse(head, selecting, fetched, when);
  }

  /** The same response as other requests select it. */
  public StoredResponse selectedBy(Selecting other) {
    return new StoredResponse(head, other, fetched, staleSince);
  }

  /** What it takes of the heap, all that it carries included. */
  public int weightBytes() {
    return HeapBytes.ofObject(12)
        + fetched.weightBytes()
        + head.weightBytes()
        + selecting.weightBytes();
  }
}
