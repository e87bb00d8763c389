package dev.holdfast.scenario;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection of a caller, HTTP/2 in clear text with prior knowledge. */
final class Http2Caller implements AutoCloseable {

  /** Room beside the streams', so that one which is not read keeps none of the others waiting. */
  private static final int CONNECTION_WINDOW_BYTES = 1 << 20;

  private final Channel connection;
  private final Http2StreamChannelBootstrap streams;

  private Http2Caller(Channel connection) {
    this.connection = connection;
    this.streams = new Http2StreamChannelBootstrap(connection);
  }

  static Http2Caller connect(EventLoopGroup loops, int port) {
    var bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forClient().build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                  }
                });
    var connecting = bootstrap.connect(InetAddress.getLoopbackAddress(), port);
    var connection = connecting.syncUninterruptibly().channel();
    connection
        .writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW_BYTES))
        .syncUninterruptibly();
    return new Http2Caller(connection);
  }

  /**
   * Sends a request.
   *
   * @param wholly whether its head is all there is of it
   * @param leaveAfterBytes of content, after which the stream is reset; 0: with the head
   */
  Http2Stream get(String target, boolean wholly, int leaveAfterBytes) {
    return send(head("GET", target), wholly, new Http2Stream(leaveAfterBytes));
  }

  /** Sends the head of a request whose content is to follow. */
  Http2Stream post(String target) {
    return send(head("POST", target), false, new Http2Stream(Integer.MAX_VALUE));
  }

  /** Sends a request, with content unless that is empty, and reads its whole answer. */
  Response exchange(String method, String target, String content, String... headers) {
    var head = head(method, target);
    for (var field : headers) {
      var parts = field.split(": ", 2);
      head.add(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    return send(head, content).response();
  }

  /** Sends a head as it is, wrong though it may be, and content unless that is empty. */
  Http2Stream send(Http2Headers head, String content) {
    var stream = send(head, content.isEmpty(), new Http2Stream(Integer.MAX_VALUE));
    return content.isEmpty() ? stream : stream.send(lastData(content));
  }

  private static Http2DataFrame lastData(String content) {
    return new DefaultHttp2DataFrame(Unpooled.copiedBuffer(content, StandardCharsets.UTF_8), true);
  }

  private static Http2Headers head(String method, String target) {
    return new DefaultHttp2Headers()
        .method(method)
        .scheme("http")
        .authority("localhost")
        .path(target);
  }

  private Http2Stream send(Http2Headers head, boolean wholly, Http2Stream stream) {
    streams.handler(stream).open().syncUninterruptibly();
    return stream.send(new DefaultHttp2HeadersFrame(head, wholly));
  }

  /** Closes the connection with all its streams: with a reset, or orderly. */
  void leave(boolean reset) {
    if (reset) {
      connection.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    connection.close().syncUninterruptibly();
  }

  /** How many streams the peer lets it have at once, as far as it has said so. */
  int maxStreams() {
    return connection.pipeline().get(Http2FrameCodec.class).connection().local().maxActiveStreams();
  }

  /** Returns once the peer has asked for no more streams. */
  void awaitAskedToLeave() {
    var codec = connection.pipeline().get(Http2FrameCodec.class).connection();
    Await.until(codec::goAwayReceived, "the peer has asked for no more streams");
  }

  /** Returns once the peer has closed the connection. */
  void awaitClosed() {
    Await.until(() -> !connection.isOpen(), "the connection is closed");
  }

  @Override
  public void close() {
    leave(false);
  }
}
