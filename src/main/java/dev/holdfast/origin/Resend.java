package dev.holdfast.origin;

import io.netty.channel.Channel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/**
 * Whether a try that failed may be made again: it went over a kept-alive connection that the origin
 * was about to close, so that it was most likely never read.
 */
final class Resend {

  /** Written by the connection's event loop, which reports the failure, too. */
  private volatile @Nullable ConnectionUse use;

  /** The request is about to be sent on that connection. */
  void sending(Channel channel) {
    ConnectionUse found = ConnectionUse.of(channel);
    use = found;
    if (found != null) {
      found.begin();
    }
  }

  boolean isDue(Throwable failure) {
    ConnectionUse known = use;
    boolean closed = failure instanceof IOException || failure instanceof AbortedException;
    return closed && known != null && known.isReusedInVain();
  }
}
