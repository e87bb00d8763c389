package dev.holdfast.fill;

import dev.holdfast.testing.Bytes;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** A caller that reads a body: as much as it asks for, and notes what it is told. */
final class Reading implements CoreSubscriber<ByteBuf> {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long firstDemand;
  private Consumer<Reading> onPiece = reading -> {};
  private volatile @Nullable Subscription subscription;
  private final AtomicInteger pieces = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();
  private volatile @Nullable Throwable failure;
  private @Nullable List<ByteBuf> kept;

  private Reading(long firstDemand) {
    this.firstDemand = firstDemand;
  }

  /** A caller that takes everything. */
  static Reading everything() {
    return new Reading(Long.MAX_VALUE);
  }

  /** A caller that first asks for that many pieces. */
  static Reading asking(long pieces) {
    return new Reading(pieces);
  }

  /** Keeps each piece, as a connection does that takes no more, until {@link #letGo}. */
  Reading keeping() {
    kept = new ArrayList<>();
    return this;
  }

  void letGo() {
    Objects.requireNonNull(kept).forEach(ByteBuf::release);
  }

  /** What the caller does when it has got a piece. */
  Reading onPiece(Consumer<Reading> action) {
    onPiece = action;
    return this;
  }

  @Override
  public void onSubscribe(Subscription given) {
    check(subscription == null, "subscribed twice");
    subscription = given;
    if (firstDemand > 0) {
      given.request(firstDemand);
    }
  }

  @Override
  public void onNext(ByteBuf piece) {
    check(subscription != null, "a piece before the subscription");
    check(ends.get() == 0, "a piece after the end");
    check(piece.isReadable(), "a piece without bytes");
    if (kept != null) {
      kept.add(piece.retainedDuplicate());
    }
    bytes.writeBytes(Bytes.take(piece));
    pieces.incrementAndGet();
    onPiece.accept(this);
  }

  @Override
  public void onError(Throwable aborted) {
    end();
    failure = aborted;
  }

  @Override
  public void onComplete() {
    end();
  }

  private void end() {
    check(subscription != null, "an end before the subscription");
    check(ends.get() == 0, "two ends");
    ends.incrementAndGet();
  }

  void request(long more) {
    Objects.requireNonNull(subscription).request(more);
  }

  void cancel() {
    Objects.requireNonNull(subscription).cancel();
  }

  int pieces() {
    return pieces.get();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** The number of bytes, all of them right. */
  int length() {
    byte[] got = bytes();
    check(Bytes.areFromStart(got), "wrong bytes");
    return got.length;
  }

  boolean isWhole() {
    return ends.get() == 1 && failure == null;
  }

  boolean isAborted() {
    return failure instanceof BodyAborted;
  }

  boolean isTooSlow() {
    return failure instanceof BodyAborted aborted && aborted.isTooSlow();
  }

  @Nullable Throwable failure() {
    return failure;
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new AssertionError(otherwise);
    }
  }
}
