package dev.holdfast.config;

/** What becomes of a fill that has begun when its last caller has left. */
public enum AbandonedFills {
  /** It goes on, and what it brings is stored. */
  COMPLETE,
  /** It is given up: the origin is spared the rest of it. */
  CANCEL
}
