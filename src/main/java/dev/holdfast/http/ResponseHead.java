package dev.holdfast.http;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The head of a response.
 *
 * @param status the status code: 200 to 999, or that of an interim response
 * @param reason the reason phrase as sent, often empty
 * @param fields the end-to-end fields
 * @param version the HTTP version received, as {@code Via} writes it: {@code 1.1}
 */
public record ResponseHead(int status, String reason, Fields fields, String version) {

  /** Digits only, and no more of them than a {@code long} holds. */
  private static final Pattern LENGTH = Pattern.compile("[ \t]*[0-9]{1,18}[ \t]*");

  /** The content's length that the head declares (RFC 9110 §8.6), or empty. */
  public OptionalLong contentLength() {
    String value = fields.first("Content-Length");
    return value != null && LENGTH.matcher(value).matches()
        ? OptionalLong.of(Long.parseLong(value.strip()))
        : OptionalLong.empty();
  }

  /**
   * The head with a {@code Date}: where the origin gives none, when it was received (RFC 9110
   * §6.6.1).
   */
  public ResponseHead dated(Instant received) {
    return fields.contains("Date")
        ? this
        : new ResponseHead(
            status,
            reason,
            Fields.builder().addAll(fields).add("Date", HttpDate.format(received)).build(),
            version);
  }

  /** The part of a representation that a 206 carries, if it is one of a known place (§15.3.7.1). */
  public Optional<Part> part() {
    return Part.of(this);
  }

  /** Whether it is of a representation that was found: all of it, or a part of a known place. */
  public boolean isOfWhatWasFound() {
    return status == 200 || part().isPresent();
  }

  /** Whether the head is the whole response: no content can follow it (RFC 9112 §6.3). */
  public boolean isWhole() {
    return status == 204 || status == 304 || contentLength().orElse(-1) == 0;
  }

  /** What the head takes of the heap. */
  public int weightBytes() {
    return HeapBytes.ofObject(16) + HeapBytes.ofString(reason) + fields.weightBytes();
  }
}
