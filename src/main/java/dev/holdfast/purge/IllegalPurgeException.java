package dev.holdfast.purge;

/** That a purge is not as it has to be; the message says what to change. */
public final class IllegalPurgeException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public IllegalPurgeException(String message) {
    super(message, null, false, false); // its caller's fault, so that no trace is of use
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
