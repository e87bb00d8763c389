package dev.holdfast.origin;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A request's body on its way to the origin, and whether it got there. */
final class Upload {

  private final Sinks.Empty<Void> sent = Sinks.empty();
  private final @Nullable Flux<ByteBuf> body;

  /** Written by the thread that reads the body, before the error reaches anybody. */
  private volatile @Nullable Throwable failure;

  Upload(@Nullable Flux<ByteBuf> body) {
    this.body =
        body == null
            ? null
            : body.doOnError(error -> failure = error).doOnTerminate(sent::tryEmitEmpty);
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
