package dev.holdfast.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import org.jspecify.annotations.Nullable;

/**
 * Resets the HTTP/2 streams whose head has no method or no target, or one with characters that none
 * has (RFC 9113 §8.1.1, §8.3.1): Netty, as it makes a request of such a head, fails and loses a
 * buffer.
 *
 * <p>It stands between the codec and the streams of a connection, of which each has one.
 */
final class StreamHeads extends ChannelInboundHandlerAdapter {

  private static final String NAME = "holdfast.streamHeads";

  /** The stream that began last: callers number them upwards (RFC 9113 §5.1.1). */
  private int latest;

  /** Puts one in its place, if HTTP/2 is spoken. */
  static void check(ChannelPipeline pipeline) {
    ChannelHandlerContext codec = pipeline.context(Http2FrameCodec.class);
    if (codec != null) {
      pipeline.addAfter(codec.name(), NAME, new StreamHeads());
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Http2HeadersFrame head && begins(head) && !isThere(head.headers())) {
      context.writeAndFlush(
          new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR).stream(head.stream()));
    } else {
      context.fireChannelRead(message);
    }
  }

  /** Whether it is no trailer. */
  private boolean begins(Http2HeadersFrame head) {
    int stream = head.stream().id();
    boolean isLater = stream > latest;
    latest = Math.max(latest, stream);
    return isLater;
  }

  private static boolean isThere(Http2Headers fields) {
    return isThere(fields.method()) && isThere(fields.path());
  }

  private static boolean isThere(@Nullable CharSequence text) {
    return text != null
        && !text.isEmpty()
        && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
  }
}
