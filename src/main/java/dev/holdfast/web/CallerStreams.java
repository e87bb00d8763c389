package dev.holdfast.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open streams of an HTTP/2 connection. Used by its event loop alone.
 *
 * <p>A stream's caller reads if it makes room in the stream's window, or in the connection's where
 * it is that which is used up. As with {@link SocketOutput}, time runs from one look to the next.
 */
final class CallerStreams {

  private final Http2Connection connection;
  private final Http2RemoteFlowController windows;
  private final Map<Integer, CallerStream> streams = new HashMap<>();
  private final WindowWatch whole = new WindowWatch();

  /** Those of the connection that the codec speaks. */
  CallerStreams(Http2FrameCodec codec) {
    this.connection = codec.connection();
    this.windows = connection.remote().flowController();
    codec.decoder().frameListener(new Updates(codec.decoder().frameListener()));
  }

  void add(Http2StreamChannel stream) {
    streams.put(stream.stream().id(), new CallerStream(stream));
  }

  void remove(Http2StreamChannel stream) {
    streams.remove(stream.stream().id());
  }

  /** Its answer is written; what still comes of its request is of no use. */
  void answered(Http2StreamChannel stream, long now) {
    CallerStream open = streams.get(stream.stream().id());
    if (open != null) {
      open.answered(now);
    }
  }

  /** Looks: has those of the streams reset whose time has run out. */
  void look(CallerTimes times, long now) {
    boolean full = false;
    boolean waiting = false;
    for (CallerStream each : List.copyOf(streams.values())) {
      boolean pending = hasPending(each);
      boolean itself = pending && windows.windowSize(connection.stream(each.id())) <= 0;
      full |= itself;
      waiting |= pending && !itself;
      each.look(itself, times, now);
    }
    boolean allIsUsedUp = windows.windowSize(connection.connectionStream()) <= 0;
    whole.look(waiting && !full && allIsUsedUp, now); // else a stream's caller is to blame
  }

  /** Whether the connection's window, at the last look, had been used up for so long. */
  boolean areStuckFor(long nanos, long now) {
    return whole.isFullFor(nanos, now);
  }

  private boolean hasPending(CallerStream stream) {
    return connection.stream(stream.id()) != null
        && windows.hasFlowControlled(connection.stream(stream.id()));
  }

  /** Stands last: a connection that breaks has its streams end, and is nothing to be warned of. */
  static final class BreakTaken extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      if (!(failure instanceof IOException)) {
        context.fireExceptionCaught(failure);
      }
    }
  }

  /** Hears of room that is made. */
  private final class Updates extends Http2FrameListenerDecorator {

    private Updates(Http2FrameListener listener) {
      super(listener);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext context, int streamId, int increment)
        throws Http2Exception {
      if (streamId == 0) {
        whole.updated();
      } else if (streams.containsKey(streamId)) {
        streams.get(streamId).updated();
      }
      super.onWindowUpdateRead(context, streamId, increment);
    }
  }

  /** Since when a window has been used up, with something to write. */
  private static class WindowWatch {
    private boolean full;
    private boolean updated;
    private long since;

    void updated() {
      updated = true;
    }

    void look(boolean isFull, long now) {
      if (!isFull || !full || updated) {
        since = now;
      }
      full = isFull;
      updated = false;
    }

    boolean isFullFor(long nanos, long now) {
      return full && now - since >= nanos;
    }
  }

  private static final class CallerStream extends WindowWatch {
    private final Http2StreamChannel channel;
    private boolean answered;
    private long answeredAt;

    private CallerStream(Http2StreamChannel channel) {
      this.channel = channel;
    }

    private int id() {
      return channel.stream().id();
    }

    private void answered(long now) {
      answered = true;
      answeredAt = now;
    }

    private void look(boolean isFull, CallerTimes times, long now) {
      look(isFull, now);
      if (isFullFor(times.write(), now)) {
        CallerConnection.reset(channel);
      } else if (answered && now - answeredAt >= times.head()) {
        CallerConnection.close(channel);
      }
    }
  }
}
