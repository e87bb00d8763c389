package dev.holdfast.scenario;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request over HTTP/2, and what has come of its answer. */
final class Http2Stream extends ChannelInboundHandlerAdapter {

  private final int leaveAfterBytes;
  private final Gate over = new Gate();

  // of the connection's event loop, until it is over
  private int bytes;
  private boolean whole;
  private volatile @Nullable Channel channel;

  Http2Stream(int leaveAfterBytes) {
    this.leaveAfterBytes = leaveAfterBytes;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      if (frame instanceof Http2HeadersFrame head) {
        whole = head.isEndStream();
      } else if (frame instanceof Http2DataFrame data) {
        bytes += data.content().readableBytes();
        whole = data.isEndStream();
      }
      if (!whole && bytes >= leaveAfterBytes) {
        reset();
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over.open();
  }

  /** Resets the stream. */
  void reset() {
    Objects.requireNonNull(channel)
        .writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Takes nothing more, so that the stream's window closes. */
  void stopReading() {
    Objects.requireNonNull(channel).config().setAutoRead(false);
  }

  /** Takes what has come meanwhile, and goes on. */
  Http2Stream readOn() {
    Objects.requireNonNull(channel).config().setAutoRead(true);
    return this;
  }

  /** Content received, once it is over. */
  int bytes() {
    return bytes;
  }

  /** Whether it has ended as it should, once it is over. */
  boolean isWhole() {
    return whole;
  }

  /** Returns once nothing more comes, be it whole or not. */
  Http2Stream awaitOver() {
    over.await();
    return this;
  }
}
