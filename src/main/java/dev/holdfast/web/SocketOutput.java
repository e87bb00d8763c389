package dev.holdfast.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a socket takes what is written to it, as seen from one look to the next. What is pending
 * is what Netty could not hand over: over TLS the encrypted bytes.
 */
final class SocketOutput {

  private final Channel socket;
  private @Nullable Object first;
  private long taken;
  private long since;

  SocketOutput(Channel socket) {
    this.socket = socket;
  }

  /** Looks: whether something has been pending for so long, and nothing of it was taken. */
  boolean isStuckFor(long nanos, long now) {
    ChannelOutboundBuffer pending = socket.unsafe().outboundBuffer();
    Object firstNow = pending == null ? null : pending.current();
    long takenNow = pending == null ? 0 : pending.currentProgress();
    if (firstNow == null || firstNow != first || takenNow != taken) {
      first = firstNow;
      taken = takenNow;
      since = now;
    }
    return now - since >= nanos;
  }
}
