package dev.holdfast.origin;

/** How one try of a fetch ended, where another try is out of the question. */
sealed interface Attempt {

  /** The response is whole. */
  record Whole(Arrived arrived) implements Attempt {}

  /** It failed after its head: callers have seen that, and no other try can take it back. */
  record FailedAfterHead(Throwable failure) implements Attempt {}
}
