package dev.holdfast.origin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a fetch brought no whole response.
 *
 * <p>The message is fit for callers; the cause, which may name hosts and addresses, is for logs.
 * Has no stack trace: it is the origin that failed.
 */
public abstract sealed class OriginFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String message;

  private OriginFailure(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** The failure that an error stands for: a fetch that fails has to end, whatever it fails of. */
  public static OriginFailure of(Throwable error) {
    return error instanceof OriginFailure failure ? failure : new Broken(error);
  }

  /** What failed, with the cause's own words, for whoever may know the origin's address. */
  public String describe() {
    return getCause() == null ? message : message + ": " + getCause().getMessage();
  }

  /** Whether it is the origin that failed, and not a guard or a caller that kept it from trying. */
  public boolean isTheOrigins() {
    return !(isRefusal()
        || this instanceof RequestBroken
        || this instanceof Internal
        || this instanceof Stopping);
  }

  /** Whether the origin may have got the request all the same. */
  public boolean mayHaveArrived() {
    return !(isRefusal() || this instanceof Unreachable);
  }

  /** Whether a guard kept it from being tried. */
  public boolean isRefusal() {
    return this instanceof CircuitOpen || this instanceof Full;
  }

  /** No connection: refused, name not found, TLS or connect time-out. */
  public static final class Unreachable extends OriginFailure {
    private static final long serialVersionUID = 1L;

    Unreachable(Throwable cause) {
      super("there is no connection to the origin", cause);
    }
  }

  /** The connection broke, or what came over it is not HTTP. */
  public static final class Broken extends OriginFailure {
    private static final long serialVersionUID = 1L;

    Broken(Throwable cause) {
      super("the origin's response is broken", cause);
    }
  }

  /**
   * The request's own body broke off: its caller left in the middle, the origin is not to blame.
   */
  public static final class RequestBroken extends OriginFailure {
    private static final long serialVersionUID = 1L;

    RequestBroken(Throwable cause) {
      super("the request's body broke off", cause);
    }
  }

  /** {@code fetch-timeout} ran out. */
  public static final class TimedOut extends OriginFailure {
    private static final long serialVersionUID = 1L;

    TimedOut(Duration limit) {
      super("the origin took longer than " + limit.toMillis() + " ms", null);
    }
  }

  /** The circuit breaker is open: the origin was not asked. */
  public static final class CircuitOpen extends OriginFailure {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    CircuitOpen(Duration retryAfter) {
      super("the origin's circuit breaker is open", null);
      this.retryAfter = retryAfter;
    }

    /** How long the breaker stays open before it lets a probe through. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** The cache itself could not go on with the fetch: the origin is not to blame. */
  public static final class Internal extends OriginFailure {
    private static final long serialVersionUID = 1L;

    public Internal(Throwable cause) {
      super("the cache had no means left to go on with the fetch", cause);
    }
  }

  /** The process stops: the fetch was given up. */
  public static final class Stopping extends OriginFailure {
    private static final long serialVersionUID = 1L;

    public Stopping() {
      super("the cache is being stopped", null);
    }
  }

  /**
   * The bulkhead or the connection pool is full, or the share of it that fetches without callers
   * may have: the origin was not asked.
   */
  public static final class Full extends OriginFailure {
    private static final long serialVersionUID = 1L;

    Full(@Nullable Throwable cause) {
      this("as many fetches run and wait as the origin may have", cause);
    }

    private Full(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    /** Another fetch could become one more that nobody waits for. */
    public static Full ofFetchesWithoutCallers() {
      return new Full("as many fetches run that nobody waits for as the origin may have", null);
    }
  }
}
