package dev.holdfast.web;

import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.fill.BodyAborted;
import dev.holdfast.http.CacheStatus;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Trailers;
import dev.holdfast.http.Via;
import dev.holdfast.service.Answer;
import dev.holdfast.service.ProblemType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Writes an answer to a caller: the head at once, the body as it comes, and never a false end. */
@Component
final class AnswerWriter {

  private static final String CACHE_STATUS = "Cache-Status";
  private static final String PROBLEM_TYPE = "urn:holdfast:problem:";

  /** What the rest of a connection is not to be trusted after. */
  private static final Set<ProblemType> LAST =
      EnumSet.of(
          ProblemType.BAD_REQUEST, ProblemType.URI_TOO_LONG, ProblemType.HEADER_FIELDS_TOO_LARGE);

  private final String cacheName;
  private final JsonMapper json;

  AnswerWriter(HoldfastProperties properties, JsonMapper json) {
    this.cacheName = properties.name();
    this.json = json;
  }

  /** Completes when all is written; fails with {@link BodyAborted} when it was cut short. */
  Mono<Void> write(ServerWebExchange exchange, Answer answer) {
    if (answer instanceof Answer.Response response) {
      return writeResponse(exchange, response);
    }
    return answer instanceof Answer.Accepted accepted
        ? writeAccepted(exchange, accepted)
        : writeProblem(exchange, (Answer.Problem) answer);
  }

  /** Has the answer say which of the request's preferences were heeded (RFC 7240 §3), if any. */
  static void tell(ServerWebExchange exchange, @Nullable String applied) {
    if (applied != null) {
      exchange.getResponse().getHeaders().add("Preference-Applied", applied);
    }
  }

  private Mono<Void> writeResponse(ServerWebExchange exchange, Answer.Response answer) {
    ServerHttpResponse response = exchange.getResponse();
    ResponseHead head = answer.head();
    writeHead(response, answer);
    if (CallerRequests.isOfHttp10(exchange.getRequest()) && head.contentLength().isEmpty()) {
      endWithTheConnection(response);
    }
    if (head.fields().contains(Trailers.ANNOUNCED)) {
      nativeOf(response).trailerHeaders(behind -> answer.trailers().get().forEach(behind::add));
    }
    if (head.isWhole() || exchange.getRequest().getMethod().equals(HttpMethod.HEAD)) {
      return response.setComplete();
    }
    return writeBody(exchange, answer.body())
        .onErrorResume(BodyAborted.class, aborted -> cutOff(exchange).then(Mono.error(aborted)));
  }

  /** Fails as the body does, whatever becomes of the connection then. */
  private static Mono<Void> writeBody(ServerWebExchange exchange, Flux<ByteBuf> body) {
    ServerHttpResponse response = exchange.getResponse();
    NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
    AtomicReference<@Nullable BodyAborted> aborted = new AtomicReference<>();
    Flux<ByteBuf> watched =
        body.doOnError(
            BodyAborted.class,
            how -> {
              aborted.set(how);
              resetIfTooSlow(exchange, how);
            });
    // an empty first piece has the head sent before the body's first byte is there
    Flux<DataBuffer> pieces =
        Flux.concat(Mono.just(buffers.wrap(Unpooled.EMPTY_BUFFER)), watched.map(buffers::wrap));
    // not writeAndFlushWith: it loses the pieces that wait for a caller who leaves
    return response
        .writeWith(pieces)
        .onErrorMap(failure -> Objects.requireNonNullElse(aborted.get(), failure));
  }

  private void writeHead(ServerHttpResponse response, Answer.Response answer) {
    ResponseHead head = answer.head();
    setStatus(response, head.status(), head.reason());
    HttpHeaders headers = response.getHeaders();
    head.fields()
        .without(name -> name.equalsIgnoreCase("Age") && answer.age() != null)
        .forEach(headers::add);
    headers.add(HttpHeaders.VIA, Via.member(head.version(), cacheName));
    headers.add(CACHE_STATUS, answer.cacheStatus().serialize(cacheName)); // behind the origin's
    if (answer.age() != null) {
      headers.add(HttpHeaders.AGE, Long.toString(answer.age().toSeconds()));
    }
  }

  /** Spring's own setter knows no reason phrases. */
  private static void setStatus(ServerHttpResponse response, int status, String reason) {
    nativeOf(response).status(HttpResponseStatus.valueOf(status, reason));
  }

  private static void endWithTheConnection(ServerHttpResponse response) {
    nativeOf(response).chunkedTransfer(false).keepAlive(false);
  }

  private static HttpServerResponse nativeOf(ServerHttpResponse response) {
    return ServerHttpResponseDecorator.getNativeResponse(response);
  }

  /**
   * Closes the connection behind what was written so far, and completes when it is closed: HTTP/1.1
   * then lacks the promised length or the last chunk, HTTP/1.0 has its connection reset and HTTP/2
   * its stream.
   */
  private static Mono<Void> cutOff(ServerWebExchange exchange) {
    Channel channel = CallerRequests.connectionOf(exchange.getRequest()).channel();
    if (CallerRequests.isOfHttp10(exchange.getRequest())) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0); // an orderly end would be a false one
    }
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    return FutureMono.from(channel.closeFuture());
  }

  /**
   * Resets a slow caller's connection at once: it may never take what was written so far, and until
   * then its writer would not hear of the end, and all of that would stay in memory.
   */
  private static void resetIfTooSlow(ServerWebExchange exchange, BodyAborted aborted) {
    if (aborted.isTooSlow()) {
      CallerConnection.reset(CallerRequests.connectionOf(exchange.getRequest()).channel());
    }
  }

  private Mono<Void> writeAccepted(ServerWebExchange exchange, Answer.Accepted accepted) {
    ServerHttpResponse response = exchange.getResponse();
    writeOwnHead(response, HttpStatus.ACCEPTED, accepted.retryAfter(), accepted.cacheStatus());
    response.getHeaders().setContentLength(0);
    return response.setComplete();
  }

  /** The head of what Holdfast itself has to say. */
  private void writeOwnHead(
      ServerHttpResponse response,
      HttpStatus status,
      @Nullable Duration retryAfter,
      CacheStatus cacheStatus) {
    setStatus(response, status.value(), status.getReasonPhrase());
    HttpHeaders headers = response.getHeaders();
    headers.setCacheControl("no-store");
    headers.set(CACHE_STATUS, cacheStatus.serialize(cacheName));
    if (retryAfter != null) {
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
  }

  private Mono<Void> writeProblem(ServerWebExchange exchange, Answer.Problem problem) {
    ServerHttpResponse response = exchange.getResponse();
    HttpHeaders headers = response.getHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    HttpStatus status = HttpStatus.valueOf(problem.type().status());
    writeOwnHead(response, status, problem.retryAfter(), problem.cacheStatus());
    byte[] body = json.writeValueAsBytes(members(problem));
    headers.setContentLength(body.length);
    if (LAST.contains(problem.type()) && !CallerRequests.isOfHttp2(exchange.getRequest())) {
      nativeOf(response).keepAlive(false);
    }
    return exchange.getRequest().getMethod().equals(HttpMethod.HEAD)
        ? response.setComplete()
        : response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  /** The members of RFC 9457 §3.1, and an extension of our own. */
  private static Map<String, Object> members(Answer.Problem problem) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", PROBLEM_TYPE + problem.type().token());
    members.put("title", problem.type().title());
    members.put("status", problem.type().status());
    members.put("detail", problem.detail());
    if (problem.fetchContinues()) {
      members.put("fetch", "continues");
    }
    return members;
  }
}
