package dev.holdfast.origin;

import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;

/**
 * A response whose last byte has come and whose end is verified.
 *
 * @param head what {@link Receiver#head} was called with
 * @param bodyBytes the length of all pieces
 * @param trailers the fields behind them that the head announces
 */
public record Arrived(ResponseHead head, long bodyBytes, Fields trailers) {

  /** One without trailer fields. */
  public Arrived(ResponseHead head, long bodyBytes) {
    this(head, bodyBytes, Fields.EMPTY);
  }

  Arrived with(Fields itsTrailers) {
    return new Arrived(head, bodyBytes, itsTrailers);
  }
}
