package dev.holdfast.origin;

import java.io.IOException;
import java.time.Duration;

/** Failures for tests of other rooms. */
public final class OriginFailures {

  private OriginFailures() {}

  /** A broken response. */
  public static OriginFailure broken() {
    return new OriginFailure.Broken(new IOException("broken"));
  }

  /** No connection. */
  public static OriginFailure unreachable() {
    return new OriginFailure.Unreachable(new IOException("refused"));
  }

  /** {@code fetch-timeout} ran out. */
  public static OriginFailure timedOut() {
    return new OriginFailure.TimedOut(Duration.ofSeconds(30));
  }

  /** The breaker is open. */
  public static OriginFailure circuitOpen() {
    return new OriginFailure.CircuitOpen(Duration.ofSeconds(60));
  }

  /** The bulkhead is full. */
  public static OriginFailure full() {
    return new OriginFailure.Full(new IOException("full"));
  }

  /** The cache itself has failed. */
  public static OriginFailure internal() {
    return new OriginFailure.Internal(new IllegalStateException("no memory"));
  }

  /** The request's own body broke off. */
  public static OriginFailure requestBroken() {
    return new OriginFailure.RequestBroken(new IOException("gone"));
  }
}
