package dev.holdfast.service;

import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** Some successive bytes of a body; the state of one subscriber, confined to its signals. */
final class Slice {

  private long toSkip;
  private long toTake;

  private Slice(long offset, long length) {
    this.toSkip = offset;
    this.toTake = length;
  }

  /**
   * Those bytes of the body, which has them. As hot or cold as the body, whose subscription is
   * cancelled behind the last of them; fails as it fails before.
   */
  static Flux<ByteBuf> of(Flux<ByteBuf> body, long offset, long length) {
    return Flux.defer(
        () -> {
          Slice slice = new Slice(offset, length);
          return body.handle(slice::next);
        });
  }

  private void next(ByteBuf piece, SynchronousSink<ByteBuf> sink) {
    int skipped = (int) Math.min(toSkip, piece.readableBytes());
    toSkip -= skipped;
    piece.skipBytes(skipped);
    int taken = (int) Math.min(toTake, piece.readableBytes());
    toTake -= taken;
    if (taken == 0) {
      piece.release();
    } else {
      sink.next(piece.writerIndex(piece.readerIndex() + taken));
    }
    if (toTake == 0) {
      sink.complete();
    }
  }
}
