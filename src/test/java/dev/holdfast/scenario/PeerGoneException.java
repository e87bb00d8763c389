package dev.holdfast.scenario;

/** The other side had closed the connection when the script wrote: no fault of the script. */
final class PeerGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PeerGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
