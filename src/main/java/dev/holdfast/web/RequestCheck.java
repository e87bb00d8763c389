package dev.holdfast.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Has what is no request refused in its turn, by a problem, as the last that its connection has.
 *
 * <p>It stands between Netty's codec and reactor-netty, which would answer without a body, and
 * would take a request's content that breaks off for one that has ended. One per connection.
 */
final class RequestCheck extends ChannelInboundHandlerAdapter {

  static final String NAME = "holdfast.requestCheck";

  /** The length of content that ends with its last chunk. */
  static final long CHUNKED = -1;

  /** The fields of the request whose content breaks off, the connection's last. */
  private static final AttributeKey<HttpHeaders> BROKEN_OFF =
      AttributeKey.valueOf("holdfast.brokenOff");

  // of the event loop alone
  private @Nullable HttpHeaders unfinished;
  private long contentLength;
  private boolean refused;

  /** How much content the request that came last has. */
  long contentLength() {
    return contentLength;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Refusal refusal = refused ? null : objection(message);
    if (refused || refusal != null) {
      ReferenceCountUtil.release(message);
    } else {
      note(message);
      context.fireChannelRead(message);
    }
    if (refusal != null) {
      refuse(context, refusal);
    }
  }

  /** A {@link Refusal} is what {@link LineCheck} has to say. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof Refusal refusal)) {
      context.fireUserEventTriggered(event);
    } else if (!refused) {
      refuse(context, refusal);
    }
  }

  private @Nullable Refusal objection(Object message) {
    if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
      return unfinished == null
          ? Refusal.of(part.decoderResult().cause())
          : Refusal.malformed("its content is not framed as it says");
    }
    String objection = message instanceof HttpRequest request ? objection(request) : null;
    return objection == null ? null : Refusal.malformed(objection);
  }

  private static @Nullable String objection(HttpRequest request) {
    return RequestSyntax.objection(
        request.method(), request.uri(), request.protocolVersion(), request.headers());
  }

  private void note(Object message) {
    if (message instanceof HttpMessage head) {
      head.headers().remove("HTTP2-Settings"); // without it no Upgrade to h2c is one
      unfinished = head.headers();
      contentLength =
          HttpUtil.isTransferEncodingChunked(head) ? CHUNKED : HttpUtil.getContentLength(head, 0L);
    }
    if (message instanceof LastHttpContent) {
      unfinished = null;
    }
  }

  private void refuse(ChannelHandlerContext context, Refusal refusal) {
    refused = true;
    if (unfinished != null) {
      context.channel().attr(BROKEN_OFF).set(unfinished);
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    context.fireChannelRead(refusal.standIn());
    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  /** Whether the content of the request with these fields ended before its end. */
  static boolean hasBrokenOff(Channel caller, HttpHeaders fields) {
    return caller.hasAttr(BROKEN_OFF) && caller.attr(BROKEN_OFF).get() == fields;
  }
}
