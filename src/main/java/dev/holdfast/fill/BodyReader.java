package dev.holdfast.fill;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * One caller's place in a body, and the body as that caller gets it.
 *
 * <p>Every signal is given on the caller's executor, never by the thread that brings the body. The
 * place moves when the caller asks for more, and holds bytes in memory only while the reader is
 * attached to the content.
 */
final class BodyReader extends Flux<ByteBuf> implements Subscription {

  private final Content content;
  private final Executor executor;

  /** Guarded by the content's monitor: the place, and whether the reader lost it. */
  private long position;

  private int segment;
  private int offset;
  private boolean cutOff;

  /** Guarded likewise: how many bytes of what it took it, or its connection, is done with. */
  private long released;

  private final AtomicBoolean subscribed = new AtomicBoolean();
  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicLong requested = new AtomicLong();
  private volatile @Nullable CoreSubscriber<? super ByteBuf> subscriber;
  private volatile boolean finished;

  BodyReader(Content content, Executor executor) {
    this.content = content;
    this.executor = executor;
  }

  @Override
  public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
    if (!subscribed.compareAndSet(false, true)) {
      Operators.error(actual, new IllegalStateException("a body is read once"));
      return;
    }
    actual.onSubscribe(this);
    subscriber = actual; // only now can anything else be signalled
    wake();
  }

  @Override
  public void request(long n) {
    if (Operators.validate(n)) {
      requested.accumulateAndGet(n, Operators::addCap);
      wake();
    }
  }

  @Override
  public void cancel() {
    finished = true;
  }

  /** Something is new: bytes, the end, or the caller's wish for more. */
  void wake() {
    if (subscriber == null || finished || wakes.getAndIncrement() != 0) {
      return;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException callerIsGone) {
      finished = true;
      content.leave(this);
    }
  }

  private void drain() {
    CoreSubscriber<? super ByteBuf> actual = Objects.requireNonNull(subscriber);
    int seen = wakes.get();
    do {
      giveAll(actual);
      seen = wakes.addAndGet(-seen);
    } while (seen != 0);
  }

  private void giveAll(CoreSubscriber<? super ByteBuf> actual) {
    while (!finished && (requested.get() > 0 || content.isAtEnd(this))) {
      BodyStep step = content.next(this);
      if (step instanceof BodyStep.Wait) {
        return;
      }
      give(actual, step);
    }
  }

  private void give(CoreSubscriber<? super ByteBuf> actual, BodyStep step) {
    if (step instanceof BodyStep.Piece piece) {
      if (finished) {
        piece.buffer().release(); // cancelled while the piece was taken
        return;
      }
      if (requested.get() != Long.MAX_VALUE) {
        requested.decrementAndGet();
      }
      actual.onNext(piece.buffer());
      return;
    }
    finished = true;
    if (step instanceof BodyStep.Aborted aborted) {
      actual.onError(aborted.reason());
    } else {
      actual.onComplete();
    }
  }

  /** Takes what is available in the segment; under the content's monitor. */
  BodyStep advance(Segment from, long available) {
    int length = (int) Math.min(available, from.length() - offset);
    ByteBuf buffer = from.slice(offset, length, () -> content.released(this, length));
    position += length;
    offset += length;
    if (from.isFull() && offset == from.length()) {
      segment++;
      offset = 0;
    }
    return new BodyStep.Piece(buffer);
  }

  /** Under the content's monitor. */
  long position() {
    return position;
  }

  /** Under the content's monitor. */
  void released(int bytes) {
    released += bytes;
  }

  /** Under the content's monitor. */
  long released() {
    return released;
  }

  /** Under the content's monitor. */
  int segment() {
    return segment;
  }

  /** Under the content's monitor. */
  void cutOff() {
    cutOff = true;
  }

  /** Under the content's monitor. */
  boolean isCutOff() {
    return cutOff;
  }
}
