package dev.holdfast.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Takes interim responses (RFC 9110 §15.2) off the connection before reactor-netty sees them.
 *
 * <p>reactor-netty's client takes the first response for the final one; the real one would then
 * answer the next request on that connection. Each interim response is followed by an empty last
 * content, which goes with it. One handler per connection.
 */
final class InterimResponses extends ChannelInboundHandlerAdapter {

  static final String NAME = "holdfast.interimResponses";

  /** Whether the last content to come belongs to an interim response. Event loop only. */
  private boolean dropping;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response && response.decoderResult().isSuccess()) {
      dropping =
          response.status().codeClass() == HttpStatusClass.INFORMATIONAL
              && response.status().code() != 101;
    }
    if (!dropping) {
      context.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    if (message instanceof LastHttpContent) {
      dropping = false;
      context.read(); // with auto-read off nobody else asks for the final response
    }
  }
}
