package dev.holdfast.web;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.http.Fields;
import dev.holdfast.http.HopByHop;
import dev.holdfast.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** From Spring's view of a request to the cache's. */
final class CallerRequests {

  private CallerRequests() {}

  /** Why it is refused whatever it is for, or {@code null}; of HTTP/1.1 that is known already. */
  static @Nullable Refusal refusalOf(ServerHttpRequest request) {
    HttpServerRequest own = nativeOf(request);
    if (!isOfHttp2(request)) {
      return Refusal.of(own.requestHeaders());
    }
    String objection =
        RequestSyntax.objection(own.method(), own.uri(), own.version(), own.requestHeaders());
    return objection == null ? null : Refusal.malformed(objection);
  }

  /** All fields as they came, those of the hop included. */
  static Fields fieldsOf(ServerHttpRequest request) {
    Fields.Builder fields = Fields.builder();
    nativeOf(request)
        .requestHeaders()
        .forEach(field -> fields.add(field.getKey(), field.getValue()));
    return fields.build().without(CallerRequests::isTheServersOwn);
  }

  /** The head without what {@code Connection} names: the fetch does not carry that either. */
  static RequestHead headOf(ServerHttpRequest request, Fields fields, OriginSettings origin) {
    return new RequestHead(
        request.getMethod().name(),
        targetOf(request.getURI(), origin),
        HopByHop.removedFrom(fields),
        versionOf(nativeOf(request)));
  }

  /** Netty writes what HTTP/2 has beside the fields as fields of that name. */
  private static boolean isTheServersOwn(String name) {
    return name.regionMatches(true, 0, "x-http2-", 0, 8);
  }

  /** Path and query at the origin, byte for byte as sent. */
  static String targetOf(URI uri, OriginSettings origin) {
    String path = origin.ownPath(uri.getRawPath());
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** The body, or {@code null}: a {@code GET} or {@code HEAD} has none that means anything. */
  static @Nullable Flux<ByteBuf> bodyOf(ServerHttpRequest request) {
    HttpMethod method = request.getMethod();
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      return null;
    }
    HttpHeaders headers = request.getHeaders();
    boolean framed =
        headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    boolean maybeUnframed = isOfHttp2(request) && headers.getContentLength() < 0;
    return framed || maybeUnframed
        ? request.getBody().map(NettyDataBufferFactory::toByteBuf).concatWith(wholeEnd(request))
        : null;
  }

  /** reactor-netty ends content that breaks off on a connection that stays as if it were whole. */
  private static Mono<ByteBuf> wholeEnd(ServerHttpRequest request) {
    return Mono.defer(
        () ->
            RequestCheck.hasBrokenOff(
                    connectionOf(request).channel(), nativeOf(request).requestHeaders())
                ? Mono.error(new IOException("its content is not framed as it says"))
                : Mono.empty());
  }

  /** The event loop of the caller's connection. */
  static Executor executorOf(ServerHttpRequest request) {
    return connectionOf(request).channel().eventLoop();
  }

  static Connection connectionOf(ServerHttpRequest request) {
    return (Connection) nativeOf(request);
  }

  private static String versionOf(HttpServerRequest request) {
    int major = request.version().majorVersion();
    return major > 1 ? Integer.toString(major) : major + "." + request.version().minorVersion();
  }

  /**
   * Whether the caller knows neither chunks nor interim responses (RFC 9112 §6.1, RFC 9110 §15.2).
   */
  static boolean isOfHttp10(ServerHttpRequest request) {
    return nativeOf(request).version().compareTo(HttpVersion.HTTP_1_1) < 0;
  }

  static boolean isOfHttp2(ServerHttpRequest request) {
    return nativeOf(request).version().majorVersion() > 1;
  }

  private static HttpServerRequest nativeOf(ServerHttpRequest request) {
    return ServerHttpRequestDecorator.getNativeRequest(request);
  }
}
