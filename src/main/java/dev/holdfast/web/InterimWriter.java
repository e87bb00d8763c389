package dev.holdfast.web;

import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Via;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Writes interim responses (RFC 9110 §15.2), for which reactor-netty's server has no way.
 *
 * <p>They go straight to the codec of the connection or HTTP/2 stream: whatever stands between that
 * and reactor-netty would take one for the final response.
 */
final class InterimWriter {

  private InterimWriter() {}

  /** Writes one on the caller's event loop, while nothing of the final response is written. */
  static void write(ServerHttpRequest caller, ResponseHead head, String cacheName) {
    if (CallerRequests.isOfHttp10(caller)) {
      return;
    }
    ChannelPipeline pipeline = CallerRequests.connectionOf(caller).channel().pipeline();
    ChannelHandlerContext codec = codecIn(pipeline);
    if (codec != null) { // else the caller has gone
      List<String> names = pipeline.names();
      String above = names.get(names.indexOf(codec.name()) + 1);
      pipeline
          .context(above)
          .writeAndFlush(message(head, cacheName))
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }

  private static @Nullable ChannelHandlerContext codecIn(ChannelPipeline pipeline) {
    ChannelHandlerContext http1 = pipeline.context(HttpServerCodec.class);
    return http1 == null ? pipeline.context(Http2StreamFrameToHttpObjectCodec.class) : http1;
  }

  /** Without {@code Content-Length}, which none may have (RFC 9110 §8.6). */
  private static FullHttpResponse message(ResponseHead head, String cacheName) {
    FullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(head.status(), head.reason()),
            Unpooled.EMPTY_BUFFER);
    head.fields().forEach(message.headers()::add);
    message.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    message.headers().add(HttpHeaders.VIA, Via.member(head.version(), cacheName));
    return message;
  }
}
