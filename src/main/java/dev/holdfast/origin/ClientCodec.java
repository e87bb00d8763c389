package dev.holdfast.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.util.List;

/**
 * HTTP/1.1 over one connection to an origin, in place of Netty's own codec, which takes surplus
 * bytes behind a response for the next one.
 */
final class ClientCodec
    extends CombinedChannelDuplexHandler<ResponseDecoder, ClientCodec.RequestEncoder> {

  ClientCodec(int maxHeadBytes) {
    ResponseDecoder decoder =
        new ResponseDecoder(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(maxHeadBytes)
                .setMaxHeaderSize(maxHeadBytes));
    init(decoder, new RequestEncoder(decoder));
  }

  /** Tells the decoder what it is about to read the response to. */
  static final class RequestEncoder extends HttpRequestEncoder {
    private final ResponseDecoder decoder;

    private RequestEncoder(ResponseDecoder decoder) {
      this.decoder = decoder;
    }

    @Override
    protected void encode(ChannelHandlerContext context, Object message, List<Object> out)
        throws Exception {
      if (message instanceof HttpRequest request) {
        decoder.asked(request.method());
      }
      super.encode(context, message, out);
    }
  }
}
