package dev.holdfast.origin;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.http.RequestHead;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An origin behind its guards. */
final class GuardedOrigin implements Origin {

  /** RFC 9110 §9.2.2. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private final OriginSettings settings;
  private final Exchange exchange;
  private final Guards guards;
  private final FetchTimeout fetchTimeout;

  GuardedOrigin(
      OriginSettings settings, Exchange exchange, Guards guards, FetchTimeout fetchTimeout) {
    this.settings = settings;
    this.exchange = exchange;
    this.guards = guards;
    this.fetchTimeout = fetchTimeout;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public URI baseUrl() {
    return settings.baseUrl();
  }

  /** {@code bulkhead(breaker(timeout(retry(exchange to the last byte))))}. */
  @Override
  public Mono<Arrived> fetch(RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
    return Mono.defer(
        () -> {
          Stopwatch stopwatch = new Stopwatch(receiver, guards.breaker());
          Upload upload = new Upload(body);
          Mono<Arrived> sending =
              fetchTimeout.whileSending(
                  tries(request, upload, stopwatch), upload, stopwatch::hasHead);
          Mono<Arrived> timed =
              fetchTimeout.inTotal(sending, upload.sent(), receiver).onErrorMap(upload::blamed);
          return guards.guarding(timed, stopwatch).onErrorMap(Failures::of);
        });
  }

  private Mono<Arrived> tries(RequestHead request, Upload upload, Stopwatch stopwatch) {
    Mono<Attempt> attempt =
        exchange
            .toLastByte(request, upload.body(), stopwatch)
            .<Attempt>map(Attempt.Whole::new)
            .onErrorResume(
                failure -> stopwatch.hasHead(),
                failure -> Mono.just(new Attempt.FailedAfterHead(failure)));
    return (isRepeatable(request, upload.body()) ? guards.retrying(attempt) : attempt)
        .flatMap(
            ended ->
                ended instanceof Attempt.Whole whole
                    ? Mono.just(whole.arrived())
                    : Mono.error(((Attempt.FailedAfterHead) ended).failure()));
  }

  /** Whether it makes no difference to the origin if it gets the request twice. */
  static boolean isRepeatable(RequestHead request, @Nullable Flux<ByteBuf> body) {
    return body == null && IDEMPOTENT.contains(request.method());
  }
}
