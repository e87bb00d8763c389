package dev.holdfast.fill;

/** The signals of a fill's life; in which order they come is {@link FillKind}'s to say. */
public enum FillMoment {
  /** It waits before the bulkhead. */
  QUEUED,
  /** It has its permit, and the request is about to be sent; in that very moment. */
  LET_IN,
  /** The request is sent, and nothing has come back. */
  CONNECTING,
  /** A caller is being told of the head, or that there will be none. */
  HEAD_HEARD,
  /** The head has come. */
  HEAD,
  /** A caller is being handed the first piece. */
  FIRST_READ,
  /** The first piece has come. */
  FIRST,
  SECOND_READ,
  SECOND,
  LAST_READ,
  LAST,
  /** The end is verified, and nothing is written yet. */
  ARRIVED,
  /** The store is in the middle of the write. */
  WRITING,
  /** A caller is being told of the end. */
  END_HEARD,
  /** The fill is being counted. */
  COUNTED,
  /** All is over. */
  AFTER;

  /** Whether it is the caller's own signal, and not the origin's or the store's. */
  public boolean isTheCallers() {
    return this == HEAD_HEARD
        || this == FIRST_READ
        || this == SECOND_READ
        || this == LAST_READ
        || this == END_HEARD;
  }
}
