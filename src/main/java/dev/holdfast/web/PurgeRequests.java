package dev.holdfast.web;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.purge.Access;
import dev.holdfast.purge.IllegalPurgeException;
import dev.holdfast.purge.Purge;
import dev.holdfast.purge.Purging;
import dev.holdfast.purge.Tokens;
import dev.holdfast.service.Answer;
import dev.holdfast.service.ProblemType;
import dev.holdfast.service.Problems;
import java.net.InetAddress;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes purges from callers and from operators, has them carried out, and answers. */
@Component
final class PurgeRequests {

  /** Of a body: more than a purge can say. */
  private static final int MAX_BYTES = 64 * 1024;

  private final Tokens tokens;
  private final Purging purging;
  private final AnswerWriter writer;

  PurgeRequests(Tokens tokens, Purging purging, AnswerWriter writer) {
    this.tokens = tokens;
    this.purging = purging;
    this.writer = writer;
  }

  /** A caller's {@code PURGE}: of what a {@code GET} of the same target is answered with. */
  Mono<Void> ofTarget(ServerWebExchange exchange, String origin, RequestHead head) {
    return allowed(
        exchange,
        token -> Mono.fromSupplier(() -> carryOut(Purge.ofTarget(origin, head.target()), token)));
  }

  /** An operator's: what the body says. */
  Mono<Void> ofBody(ServerWebExchange exchange) {
    return allowed(
        exchange,
        token -> bodyOf(exchange.getRequest()).map(body -> carryOut(PurgeJson.read(body), token)));
  }

  private static Mono<byte[]> bodyOf(ServerHttpRequest request) {
    return DataBufferUtils.join(request.getBody(), MAX_BYTES)
        .map(PurgeRequests::bytesOf)
        .defaultIfEmpty(new byte[0])
        .onErrorMap(
            DataBufferLimitException.class,
            tooLong ->
                new IllegalPurgeException("its body is longer than " + MAX_BYTES + " bytes"));
  }

  private static byte[] bytesOf(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  private Answer carryOut(Purge purge, String token) {
    if (!purging.knows(purge.origin())) {
      return Problems.refusal(ProblemType.NO_SUCH_ORIGIN, "no origin is named " + purge.origin());
    }
    byte[] said = PurgeJson.write(purging.carryOut(purge, token));
    return OwnAnswers.ok(Fields.of("Content-Type", "application/json"), said, "purged", "1.1");
  }

  private Mono<Void> allowed(ServerWebExchange exchange, Function<String, Mono<Answer>> purge) {
    Access access =
        tokens.check(
            exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION),
            addressOf(exchange.getRequest()));
    Mono<Answer> answer =
        access instanceof Access.Granted granted
            ? purge
                .apply(granted.token())
                .onErrorResume(IllegalPurgeException.class, PurgeRequests::bad)
            : Mono.just(denied(exchange, access));
    return answer.flatMap(said -> writer.write(exchange, said));
  }

  private static InetAddress addressOf(ServerHttpRequest request) {
    return Objects.requireNonNull(request.getRemoteAddress(), "the port is one of TCP")
        .getAddress();
  }

  private static Mono<Answer> bad(IllegalPurgeException wrong) {
    return Mono.just(Problems.refusal(ProblemType.BAD_PURGE, wrong.getMessage()));
  }

  private static Answer denied(ServerWebExchange exchange, Access access) {
    if (access instanceof Access.Off) {
      return Problems.refusal(
          ProblemType.PURGING_OFF, "holdfast.purge.tokens says who may purge, and is not set");
    }
    if (access instanceof Access.Blocked blocked) {
      return Problems.refusal(
          ProblemType.TOO_MANY_ATTEMPTS,
          "no token from this address is looked at for a while",
          blocked.retryAfter());
    }
    boolean tried = ((Access.Denied) access).tried();
    exchange
        .getResponse()
        .getHeaders()
        .set( // RFC 6750 §3
            HttpHeaders.WWW_AUTHENTICATE,
            "Bearer realm=\"purge\"" + (tried ? ", error=\"invalid_token\"" : ""));
    return Problems.refusal(
        ProblemType.UNAUTHORIZED,
        tried ? "the token is none that may purge" : "write Authorization: Bearer TOKEN");
  }
}
