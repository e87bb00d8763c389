package dev.holdfast.simulation;

/** Where a fetch is in its life. */
enum Phase {
  /** In line before the bulkhead. */
  QUEUED,
  /** Let in; nothing is sent yet. */
  BEGINNING,
  /** Sent, and no head has come. */
  WAITING,
  /** As {@link #WAITING}, and nobody is attached any more. */
  WAITING_ALONE,
  /** As {@link #WAITING}, and invalidated since it began. */
  WAITING_OVERTAKEN,
  /** Sent to ask about what is stored, and no head has come. */
  VALIDATING,
  /** The body comes, and may be stored. */
  STORING,
  /** As {@link #STORING}, and nobody is attached any more. */
  STORING_ALONE,
  /** As {@link #STORING}, and invalidated since it began. */
  STORING_OVERTAKEN,
  /** The body comes, and is not stored. */
  PASSING,
  /** Whole, and not yet written. */
  ARRIVED,
  /** The store has it listed, and not yet taken in. */
  WRITING,
  /** Its end is being told. */
  ENDING,
  ENDED
}
