package dev.holdfast.purge;

import java.time.Duration;

/** Whether somebody may purge. */
public sealed interface Access {

  /**
   * Yes.
   *
   * @param token the beginning of the token's hash, for the log
   */
  record Granted(String token) implements Access {}

  /** Nobody may: no token is configured. */
  record Off() implements Access {}

  /**
   * No.
   *
   * @param tried whether there was any token
   */
  record Denied(boolean tried) implements Access {}

  /** Too many tokens were wrong that came from there: none is looked at for that long. */
  record Blocked(Duration retryAfter) implements Access {}
}
