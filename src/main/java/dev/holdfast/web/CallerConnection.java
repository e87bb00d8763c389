package dev.holdfast.web;

import static io.netty.handler.codec.http2.Http2Error.NO_ERROR;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Closes a caller's connection that keeps the server waiting: for a request's head, for the next
 * request, or for room to write to. Used by the connection's event loop alone.
 *
 * <p>It stands next to the socket, ahead of TLS, and sees every byte that comes. The first head is
 * due from the connection's beginning, whatever must come before it; with HTTP/1.1 a later one from
 * its first byte, and bytes of a body behind the end of its answer are taken for those of a head.
 */
final class CallerConnection extends ChannelInboundHandlerAdapter {

  static final String NAME = "holdfast.callerConnection";

  private static final AttributeKey<Boolean> TOO_SLOW = AttributeKey.valueOf("holdfast.tooSlow");

  private final CallerTimes times;
  private final Channel socket;
  private final SocketOutput output;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> look;
  private @Nullable CallerStreams streams;

  private boolean headIsDue = true;
  private boolean closing;
  private boolean askedToLeave;
  private int requests;
  private long since;
  private long receivedBytes;

  CallerConnection(CallerTimes times, Channel socket) {
    this.times = times;
    this.socket = socket;
    this.output = new SocketOutput(socket);
  }

  /** That of a connection, or of an HTTP/2 stream; {@code null} once it is closed. */
  static @Nullable CallerConnection of(Channel channel) {
    Channel socket = channel instanceof Http2StreamChannel ? channel.parent() : channel;
    return (CallerConnection) socket.pipeline().get(NAME);
  }

  /** Resets a connection or an HTTP/2 stream, whatever is on its way to a caller so slow. */
  static void reset(Channel channel) {
    channel.attr(TOO_SLOW).set(true);
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    close(channel);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
  static void close(ChannelOutboundInvoker way) {
    way.close();
  }

  /** Whether it, or the connection that it is a stream of, was reset for that. */
  static boolean wasTooSlow(Channel channel) {
    return channel.hasAttr(TOO_SLOW)
        || (channel instanceof Http2StreamChannel && wasTooSlow(channel.parent()));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    since = times.now();
    lookIn(Math.min(times.pace(), times.head()));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    if (look != null) {
      look.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object bytes) {
    receivedBytes += ((ByteBuf) bytes).readableBytes();
    if (!headIsDue && requests == 0 && streams == null) {
      headIsDue = true;
      since = times.now();
    }
    reading.fireChannelRead(bytes);
  }

  /** How many bytes have come, of whatever kind. */
  long receivedBytes() {
    return receivedBytes;
  }

  /** A request's head has come whole. */
  void began(Channel request) {
    requests++;
    headIsDue = false;
    if (request instanceof Http2StreamChannel stream) {
      CallerStreams all = streams();
      all.add(stream);
      stream.closeFuture().addListener(closed -> ended(all, stream));
    }
  }

  /** Has the caller make its next request on another connection; this one is answered. */
  void askToLeave(Connection request) {
    if (streams == null) {
      ((HttpServerResponse) request).keepAlive(false);
    } else if (!askedToLeave) {
      askedToLeave = true;
      // RFC 9113 §6.8: the highest identifier, so that no stream that is on its way is refused
      write(socket, new DefaultHttp2GoAwayFrame(NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a connection that breaks needs no word
  private static void write(Channel channel, Http2GoAwayFrame farewell) {
    channel.writeAndFlush(farewell);
  }

  /** A request is answered. With HTTP/2 it ends with its stream. */
  void answered(Channel request) {
    if (streams != null && request instanceof Http2StreamChannel stream) {
      streams.answered(stream, times.now());
    } else {
      ended();
    }
  }

  private CallerStreams streams() {
    CallerStreams known = streams;
    if (known == null) {
      known = new CallerStreams(socket.pipeline().get(Http2FrameCodec.class));
      socket.pipeline().addLast(new CallerStreams.BreakTaken());
      streams = known;
    }
    return known;
  }

  private void ended(CallerStreams all, Http2StreamChannel stream) {
    all.remove(stream);
    ended();
  }

  private void ended() {
    requests = Math.max(0, requests - 1); // one that cannot be read never began
    since = times.now();
  }

  private void lookIn(long nanos) {
    look = socket.eventLoop().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long now = times.now();
    if (streams != null) {
      streams.look(times, now);
    }
    if (closing || isStuck(now)) {
      resetAtOnce();
      return;
    }
    long left = requests > 0 ? Long.MAX_VALUE : since + limit() - now;
    if (left > 0) {
      lookIn(Math.min(times.pace(), left));
    } else if (headIsDue) {
      close(itsContext()); // without TLS's farewell: its handshake may not be over
    } else {
      closing = true;
      lookIn(times.write());
      close(socket); // with a farewell, if there is room for it
    }
  }

  private boolean isStuck(long now) {
    return output.isStuckFor(times.write(), now)
        || (streams != null && streams.areStuckFor(times.write(), now));
  }

  private long limit() {
    return headIsDue ? times.head() : times.idle();
  }

  /** Past TLS and HTTP/2, which would have more to write first. */
  private void resetAtOnce() {
    socket.attr(TOO_SLOW).set(true);
    socket.config().setOption(ChannelOption.SO_LINGER, 0);
    close(itsContext());
  }

  private ChannelHandlerContext itsContext() {
    return Objects.requireNonNull(context);
  }
}
