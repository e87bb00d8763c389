package dev.holdfast.scenario;

import java.io.IOException;

/** Bytes that are not HTTP/1.1. */
final class MalformedException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message);
  }
}
