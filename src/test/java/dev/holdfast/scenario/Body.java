package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The content of one message as far as it came. */
final class Body {

  private final byte[] bytes;
  private final boolean whole;
  private final Headers trailers;

  Body(byte[] bytes, boolean whole, Headers trailers) {
    this.bytes = bytes;
    this.whole = whole;
    this.trailers = trailers;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  String text() {
    return new String(bytes, UTF_8);
  }

  int length() {
    return bytes.length;
  }

  /** False if the connection ended, orderly or by a reset, before the promised end. */
  boolean whole() {
    return whole;
  }

  Headers trailers() {
    return trailers;
  }

  @Override
  public String toString() {
    return (whole ? "whole: " : "aborted: ") + text();
  }
}
