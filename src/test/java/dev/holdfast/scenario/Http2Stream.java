package dev.holdfast.scenario;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request over HTTP/2, and what has come of its answer. */
final class Http2Stream extends ChannelInboundHandlerAdapter {

  private final int leaveAfterBytes;
  private final Gate over = new Gate();

  // of the connection's event loop, until it is over
  private final List<Headers> heads = new ArrayList<>();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
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
        heads.add(fields(head.headers()));
        whole = head.isEndStream();
      } else if (frame instanceof Http2DataFrame data) {
        take(data.content());
        whole = data.isEndStream();
      }
      if (!whole && content.size() >= leaveAfterBytes) {
        reset();
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private static Headers fields(Http2Headers head) {
    var fields = new ArrayList<Header>();
    head.forEach(field -> fields.add(new Header("" + field.getKey(), "" + field.getValue())));
    return new Headers(fields);
  }

  private void take(ByteBuf piece) {
    content.writeBytes(ByteBufUtil.getBytes(piece));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over.open();
  }

  /** Sends a part of the request. */
  Http2Stream send(Http2StreamFrame part) {
    Objects.requireNonNull(channel)
        .writeAndFlush(part)
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    return this;
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
    return content.size();
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

  /** All that has come, once it is over. */
  Response response() {
    awaitOver();
    var interim = new ArrayList<Head>();
    var trailers = Headers.NONE;
    for (var fields : heads) {
      if (fields.first(":status") == null) {
        trailers = fields;
      } else {
        interim.add(head(fields));
      }
    }
    var last = interim.remove(interim.size() - 1);
    return new Response(interim, last, new Body(content.toByteArray(), whole, trailers));
  }

  private static Head head(Headers fields) {
    var status = Objects.requireNonNull(fields.first(":status"));
    var others = fields.all().stream().filter(field -> !field.name().startsWith(":")).toList();
    return new Head("HTTP/2 " + status, Integer.parseInt(status), new Headers(others));
  }
}
