package dev.holdfast.service;

import java.time.Duration;

/** Whoever counts callers' requests. */
public interface RequestObserver {

  /** How a request was answered, by the words of the meter. */
  enum Result {
    HIT,
    STALE,
    REVALIDATED,
    MISS,
    COLLAPSED,
    PASSED,
    ERROR
  }

  /** Why a caller went without its whole answer. */
  enum Left {
    TIMEOUT,
    DISCONNECT,
    TOO_SLOW
  }

  /** The head of the answer is known. */
  void answered(String origin, Result result, Duration took);

  /** A caller has left. */
  void left(String origin, Left reason);
}
