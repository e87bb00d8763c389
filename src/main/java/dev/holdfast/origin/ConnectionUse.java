package dev.holdfast.origin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * How a connection has been used: for how many requests, and whether anything came for the latest.
 *
 * <p>One handler per connection, ahead of the codec; its event loop's own.
 */
final class ConnectionUse extends ChannelInboundHandlerAdapter {

  static final String NAME = "holdfast.connectionUse";

  private int requests;
  private boolean heard;

  /** That of the connection, or {@code null} for one that is closed already. */
  static @Nullable ConnectionUse of(Channel channel) {
    return channel.pipeline().get(ConnectionUse.class);
  }

  /** A request is about to be sent. */
  void begin() {
    requests++;
    heard = false;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = true;
    context.fireChannelRead(message);
  }

  /** Whether it had served before, and nothing has come for the latest request. */
  boolean isReusedInVain() {
    return requests > 1 && !heard;
  }
}
