package dev.holdfast.origin;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.testing.TestOrigins;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** A scripted origin behind the real guards: bulkhead with its line, breaker, fetch time-out. */
public final class StagedOrigin {

  public static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);
  private static final int PERMITS = 2;
  private static final OriginSettings SETTINGS =
      Objects.requireNonNull(TestOrigins.named("catalog").named("catalog"));

  private final List<Sent> sent = new ArrayList<>();
  private final List<Disposable> occupants = new ArrayList<>();
  private final Bulkhead bulkhead =
      Bulkhead.of("catalog", BulkheadConfig.custom().maxConcurrentCalls(PERMITS).build());
  private final WaitingLine line = new WaitingLine(bulkhead, 100);
  private final GuardedOrigin guarded;
  private Consumer<Sent> atSent = each -> {};

  public StagedOrigin(Scheduler timer) {
    Guards guards =
        new Guards(
            line,
            CircuitBreaker.ofDefaults("catalog"),
            Retry.of("catalog", RetryConfig.custom().maxAttempts(1).build()));
    Exchange exchange =
        new Exchange() {
          @Override
          public Mono<Arrived> toLastByte(
              RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
            return Mono.defer(() -> send(receiver));
          }

          @Override
          public void close() {}
        };
    this.guarded =
        new GuardedOrigin(SETTINGS, exchange, guards, new FetchTimeout(FETCH_TIMEOUT, timer));
  }

  private Mono<Arrived> send(Receiver receiver) {
    Sent each = new Sent(receiver);
    sent.add(each);
    return each.end
        .asMono()
        .doOnSubscribe(subscription -> atSent.accept(each))
        .doOnCancel(() -> each.cancelled = true);
  }

  public Origin origin() {
    return guarded;
  }

  /** What happens in the moment in which a request is about to be sent. */
  public void atSent(Consumer<Sent> action) {
    atSent = action;
  }

  /** Has later fetches wait before the bulkhead. */
  public void occupy() {
    for (int i = 0; i < PERMITS; i++) {
      occupants.add(line.admitting(Mono.never()).subscribe());
    }
  }

  /** Lets in those that wait. */
  public void letIn() {
    occupants.forEach(Disposable::dispose);
    occupants.clear();
  }

  /** The n-th request sent, from 1. */
  public Sent sent(int n) {
    return sent.get(n - 1);
  }

  public int requestsSent() {
    return sent.size();
  }

  /** Whether neither a permit nor a place in the line is taken. */
  public boolean isIdle() {
    return bulkhead.getMetrics().getAvailableConcurrentCalls() == PERMITS && line.length() == 0;
  }

  /** One request that was sent, to be answered; once it is cancelled, nothing more arrives. */
  public static final class Sent {
    private final Receiver receiver;
    private final Sinks.One<Arrived> end = Sinks.one();
    private @Nullable ResponseHead head;
    private long bytes;
    private boolean cancelled;

    private Sent(Receiver receiver) {
      this.receiver = receiver;
    }

    public void head(ResponseHead comes) {
      head = comes;
      if (!cancelled) {
        receiver.head(comes);
      }
    }

    public void head(int status, String... fields) {
      head(new ResponseHead(status, "", Fields.of(fields), "1.1"));
    }

    public void piece(String text) {
      ByteBuf piece = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
      bytes += piece.readableBytes();
      if (!cancelled) {
        receiver.piece(piece);
      }
      piece.release();
    }

    public void complete() {
      end.tryEmitValue(new Arrived(Objects.requireNonNull(head), bytes));
    }

    public void breakOff() {
      end.tryEmitError(OriginFailures.broken());
    }

    public boolean isCancelled() {
      return cancelled;
    }
  }
}
