package dev.holdfast.origin;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * Reads the responses to one connection's requests, one at a time, and nothing else.
 *
 * <p>Bytes behind the end of a response belong to nobody: read as the beginning of the next one
 * they would be what the next request is answered with (RFC 9112 §6.3). They are dropped, and so is
 * the connection.
 */
final class ResponseDecoder extends HttpResponseDecoder {

  /** The request whose response is being read, or is to come. Event loop only. */
  private @Nullable HttpMethod asked;

  private boolean interim;

  ResponseDecoder(HttpDecoderConfig config) {
    super(config);
  }

  /** A request is about to be sent. */
  void asked(HttpMethod method) {
    asked = method;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    interim = isInterim((HttpResponse) message);
    boolean withoutContent = HttpMethod.HEAD.equals(asked) && !interim;
    return withoutContent || super.isContentAlwaysEmpty(message);
  }

  /** Whether another response to the same request follows (RFC 9110 §15.2). */
  static boolean isInterim(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL
        && response.status().code() != 101;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out)
      throws Exception {
    if (asked == null) {
      bytes.skipBytes(bytes.readableBytes());
      context.newSucceededFuture().addListener(ChannelFutureListener.CLOSE);
      return;
    }
    super.decode(context, bytes, out);
    boolean ended = !out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent;
    if (!ended || interim) {
      return;
    }
    asked = null;
    if (bytes.isReadable()) {
      bytes.skipBytes(bytes.readableBytes());
      Connection.from(context.channel()).markPersistent(false); // closed instead of kept
    }
  }
}
