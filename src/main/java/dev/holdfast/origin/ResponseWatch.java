package dev.holdfast.origin;

import dev.holdfast.http.Fields;
import dev.holdfast.http.HopByHop;
import dev.holdfast.http.ResponseHead;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * Sees what reactor-netty's client does not show: interim responses (RFC 9110 §15.2), which go to
 * the receiver of the running exchange, and the version of the final one.
 *
 * <p>reactor-netty's client takes the first response for the final one; the real one would then
 * answer the next request on that connection. Each interim response is followed by an empty last
 * content, which goes with it. One handler per connection.
 */
final class ResponseWatch extends ChannelInboundHandlerAdapter {

  static final String NAME = "holdfast.responseWatch";

  // of the event loop alone, but for who sends the request there
  private volatile @Nullable Receiver receiver;
  private volatile HttpVersion version = HttpVersion.HTTP_1_1;

  /** Whether the last content to come belongs to an interim response. Event loop only. */
  private boolean dropping;

  /** The watch over the connection of a request or response of the client's. */
  static ResponseWatch of(Object requestOrResponse) {
    return Objects.requireNonNull(
        ((Connection) requestOrResponse).channel().pipeline().get(ResponseWatch.class));
  }

  /** Whom the exchange that begins is for. */
  void begin(Receiver next) {
    receiver = next;
  }

  /** The version of the final response that came last, as {@code Via} writes it. */
  String version() {
    return written(version);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response && response.decoderResult().isSuccess()) {
      dropping = ResponseDecoder.isInterim(response);
      if (dropping) {
        handOver(response);
      } else {
        version = response.protocolVersion();
        receiver = null;
      }
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

  /** A 100 is the answer to this hop's own {@code Expect}, of which there is none. */
  private void handOver(HttpResponse response) {
    Receiver current = receiver;
    if (current != null && response.status().code() != 100) {
      current.interim(
          new ResponseHead(
              response.status().code(),
              response.status().reasonPhrase(),
              HopByHop.removedFrom(fields(response.headers())),
              written(response.protocolVersion())));
    }
  }

  private static String written(HttpVersion version) {
    return version.majorVersion() + "." + version.minorVersion();
  }

  static Fields fields(HttpHeaders headers) {
    Fields.Builder fields = Fields.builder();
    headers.forEach(field -> fields.add(field.getKey(), field.getValue()));
    return fields.build();
  }
}
