package dev.holdfast.http;

import java.time.Instant;

/**
 * When a response was fetched.
 *
 * @param requestTime when the request was sent, by passing time
 * @param responseTime when the head arrived, by passing time
 * @param calendar what the calendar said as the head arrived: only the dates in its fields are
 *     compared with it, and it with nothing that the calendar says later
 */
public record FetchTimes(Instant requestTime, Instant responseTime, Instant calendar) {

  private static final int INSTANT = HeapBytes.ofObject(12);

  /** What it takes of the heap. */
  int weightBytes() {
    return HeapBytes.ofObject(12) + 3 * INSTANT;
  }
}
