package dev.holdfast.origin;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.http.RequestHead;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The real guards of an origin, and behind them connections that the test plays. */
public final class PlayedOrigin implements Origin {

  private final Bulkhead bulkhead;
  private final WaitingLine line;
  private final GuardedOrigin guarded;
  private Consumer<PlayedConnection> atSent = connection -> {};

  /**
   * @param timer of {@code fetch-timeout}
   * @param loop the connections' event loop
   */
  public PlayedOrigin(
      OriginSettings settings,
      int permits,
      CircuitBreaker breaker,
      Scheduler timer,
      Executor loop) {
    this.bulkhead =
        Bulkhead.of(settings.name(), BulkheadConfig.custom().maxConcurrentCalls(permits).build());
    this.line = new WaitingLine(bulkhead, settings.maxQueuedFills());
    FetchTimeout fetchTimeout = new FetchTimeout(settings.fetchTimeout(), timer);
    Retry once = Retry.of(settings.name(), RetryConfig.custom().maxAttempts(1).build());
    Guards guards = new Guards(line, breaker, once);
    this.guarded =
        new GuardedOrigin(settings, new Connections(fetchTimeout, loop), guards, fetchTimeout);
  }

  private final class Connections implements Exchange {
    private final FetchTimeout fetchTimeout;
    private final Executor loop;

    private Connections(FetchTimeout fetchTimeout, Executor loop) {
      this.fetchTimeout = fetchTimeout;
      this.loop = loop;
    }

    @Override
    public Mono<Arrived> toLastByte(
        RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
      return Mono.defer(
          () -> {
            var connection = new PlayedConnection(request, receiver, fetchTimeout, loop);
            return connection.response().doOnSubscribe(subscription -> atSent.accept(connection));
          });
    }

    @Override
    public void close() {}
  }

  /** What happens in the moment in which a request is about to be sent. */
  public void atSent(Consumer<PlayedConnection> action) {
    atSent = action;
  }

  @Override
  public String name() {
    return guarded.name();
  }

  @Override
  public URI baseUrl() {
    return URI.create("http://origin");
  }

  @Override
  public Mono<Arrived> fetch(RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
    return guarded.fetch(request, body, receiver);
  }

  /** Takes a permit, or a place in the line, and keeps it until it is cancelled. */
  Mono<Arrived> occupying() {
    return line.admitting(Mono.never());
  }

  /** The fetches that wait in line. */
  public int waiting() {
    return line.length();
  }

  /** The fetches that the bulkhead has let in. */
  public int admitted() {
    Bulkhead.Metrics permits = bulkhead.getMetrics();
    return permits.getMaxAllowedConcurrentCalls() - permits.getAvailableConcurrentCalls();
  }
}
