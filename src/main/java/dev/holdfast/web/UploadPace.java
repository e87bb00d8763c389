package dev.holdfast.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Resets a caller that keeps the origin waiting for a request's body: for longer, in total, than
 * {@code head-timeout} and the time that the bytes that came are worth. What the caller waits for
 * is not counted.
 */
final class UploadPace {

  /** How many bytes are worth a second. */
  static final int BYTES_A_SECOND = 500;

  private static final long NANOS_A_BYTE = TimeUnit.SECONDS.toNanos(1) / BYTES_A_SECOND;

  private final CallerTimes times;
  private final Channel caller;
  private final LongSupplier received;
  private final long receivedBefore;

  /** How many pieces the origin has asked for and not got. */
  private final AtomicLong wanted = new AtomicLong();

  /** Since when it has waited for the next one; written by whoever asks, and who brings them. */
  private volatile long since;

  // of the caller's event loop
  private long waited;
  private @Nullable Future<?> look;

  private UploadPace(CallerTimes times, Channel caller, LongSupplier received) {
    this.times = times;
    this.caller = caller;
    this.received = received;
    this.receivedBefore = received.getAsLong();
  }

  /**
   * The same body, watched.
   *
   * @param body signals on the caller's event loop
   * @param received how many bytes have come on the caller's connection, those of TLS and of other
   *     HTTP/2 streams included: a piece shows only when it is whole
   */
  static Flux<ByteBuf> watch(
      Flux<ByteBuf> body, CallerTimes times, Channel caller, LongSupplier received) {
    return Flux.defer(() -> new UploadPace(times, caller, received).watch(body));
  }

  private Flux<ByteBuf> watch(Flux<ByteBuf> body) {
    return body.doOnSubscribe(begun -> onLoop(() -> lookIn(times.head())))
        .doOnRequest(this::asked)
        .doOnNext(piece -> given())
        .doFinally(ended -> onLoop(() -> Objects.requireNonNull(look).cancel(false)));
  }

  private void asked(long pieces) {
    if (wanted.getAndAccumulate(pieces, Operators::addCap) == 0) {
      since = times.now();
    }
  }

  private void given() {
    long now = times.now();
    waited += now - since;
    since = now;
    wanted.decrementAndGet();
  }

  private void look() {
    long waiting = wanted.get() > 0 ? times.now() - since : 0;
    long worth = (received.getAsLong() - receivedBefore) * NANOS_A_BYTE;
    long left = times.head() + worth - waited - waiting;
    if (left > 0) {
      lookIn(left);
    } else {
      CallerConnection.reset(caller);
    }
  }

  private void lookIn(long nanos) {
    look = caller.eventLoop().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void onLoop(Runnable action) {
    if (caller.eventLoop().inEventLoop()) {
      action.run();
    } else {
      caller.eventLoop().execute(action);
    }
  }
}
