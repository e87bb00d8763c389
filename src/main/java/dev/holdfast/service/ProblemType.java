package dev.holdfast.service;

import java.util.Locale;

/**
 * The errors that Holdfast itself answers (RFC 9457); names and numbers are part of its interface.
 */
public enum ProblemType {
  BAD_REQUEST(400, "The request cannot be forwarded safely"),
  BAD_PURGE(400, "The purge cannot be carried out as it is written"),
  UNAUTHORIZED(401, "A token is needed to purge"),
  PURGING_OFF(403, "Purging is off: no token is configured"),
  NO_SUCH_ORIGIN(404, "No origin is declared for this path"),
  URI_TOO_LONG(414, "The request's first line is too long"),
  TOO_MANY_ATTEMPTS(429, "Too many tokens were wrong"),
  HEADER_FIELDS_TOO_LARGE(431, "The request's head is too large"),
  ORIGIN_FAILED(502, "The origin could not be reached, or its answer is broken"),
  CIRCUIT_OPEN(503, "The origin keeps failing and is being left alone"),
  OVERLOADED(503, "A limit is reached"),
  CALLER_TIMEOUT(504, "The origin has not answered in the time that a caller waits"),
  FETCH_TIMEOUT(504, "The origin has not answered in the time that a fetch may take"),
  ONLY_IF_CACHED(504, "The request is for the cache alone, and that has no answer"),
  LOOP(508, "The request has been here before");

  private final int status;
  private final String title;
  private final String token = name().toLowerCase(Locale.ROOT).replace('_', '-');

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The response's status code. */
  public int status() {
    return status;
  }

  /** What is wrong, in words that do not change. */
  public String title() {
    return title;
  }

  /** The last part of {@code type}: {@code caller-timeout}. */
  public String token() {
    return token;
  }
}
