package dev.holdfast.origin;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/** A request's body on its way to the origin, and whether it got there. */
final class Upload {

  private final Sinks.Empty<Void> sent = Sinks.empty();
  private final Sinks.Many<Long> stalls = Sinks.many().replay().latest();

  /** How many pieces the connection has asked for and not got, and how often it has asked. */
  private final AtomicLong wanted = new AtomicLong();

  private final AtomicLong asked = new AtomicLong();

  private final @Nullable Flux<ByteBuf> body;

  /** Written by the thread that reads the body, before the error reaches anybody. */
  private volatile @Nullable Throwable failure;

  Upload(@Nullable Flux<ByteBuf> body) {
    this.body =
        body == null
            ? null
            : body.doOnError(error -> failure = error)
                .doOnTerminate(sent::tryEmitEmpty)
                .doOnNext(piece -> given())
                .doOnRequest(this::asked);
  }

  private void given() {
    if (wanted.decrementAndGet() == 0) {
      stalls.tryEmitNext(asked.get()); // by the one thread that brings the body
    }
  }

  private void asked(long pieces) {
    asked.incrementAndGet();
    wanted.accumulateAndGet(pieces, Operators::addCap);
  }

  /** The moments from which on the connection, full, asks for no more. */
  Flux<Long> stalls() {
    return stalls.asFlux();
  }

  /** Whether it has not asked again since that moment. */
  boolean isStalledSince(long stall) {
    return wanted.get() == 0 && asked.get() == stall;
  }

  /** The body to send, or {@code null} for none. */
  @Nullable Flux<ByteBuf> body() {
    return body;
  }

  /** Completes when there is nothing left to send. */
  Mono<Void> sent() {
    return body == null ? Mono.empty() : sent.asMono();
  }

  /** The fetch's failure, put down to the body where that broke off. */
  Throwable blamed(Throwable fetchFailure) {
    Throwable cause = failure;
    return cause == null ? fetchFailure : new OriginFailure.RequestBroken(cause);
  }
}
