package dev.holdfast.service;

import dev.holdfast.fill.CallerTrace;
import dev.holdfast.http.Prefer;
import dev.holdfast.http.RequestHead;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One caller's request for something of one origin.
 *
 * @param prefer how long it waits for the head, if it says so
 * @param body the request's body, or {@code null}; each buffer is the subscriber's to release
 * @param executor the caller's event loop, on which it is answered
 * @param trace where the request stands in a trace
 */
public record CallerRequest(
    CachedOrigin origin,
    RequestHead request,
    Prefer prefer,
    @Nullable Flux<ByteBuf> body,
    Executor executor,
    CallerTrace trace) {

  /** One that is not traced. */
  public CallerRequest(
      CachedOrigin origin,
      RequestHead request,
      Prefer prefer,
      @Nullable Flux<ByteBuf> body,
      Executor executor) {
    this(origin, request, prefer, body, executor, CallerTrace.NONE);
  }

  /** How long it waits for the head. */
  Duration patience() {
    Duration own = prefer.patience();
    return own == null ? origin.callerTimeout() : own;
  }
}
