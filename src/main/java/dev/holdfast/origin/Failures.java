package dev.holdfast.origin;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** From what the client reports to what it means. */
final class Failures {

  private Failures() {}

  /** The failure that an error of the client stands for; a time-out is left to who set it. */
  static Throwable of(Throwable error) {
    if (error instanceof OriginFailure || (error instanceof TimeoutException && !isPool(error))) {
      return error;
    }
    if (isPool(error)) {
      return new OriginFailure.Full(error);
    }
    boolean noConnection =
        error instanceof ConnectException
            || error instanceof UnknownHostException
            || error instanceof NoRouteToHostException
            || error instanceof SSLException;
    return noConnection ? new OriginFailure.Unreachable(error) : OriginFailure.of(error);
  }

  private static boolean isPool(Throwable error) {
    return error instanceof PoolAcquirePendingLimitException
        || error instanceof PoolAcquireTimeoutException;
  }
}
