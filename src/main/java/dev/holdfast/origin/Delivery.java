package dev.holdfast.origin;

import dev.holdfast.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A response's way from the connection to its receiver, at the receiver's pace. */
final class Delivery {

  private Delivery() {}

  /**
   * Hands over the head at once, and each piece when the receiver can take it.
   *
   * <p>Emits when the last piece is taken; fails as the pieces do, and with a {@link
   * java.util.concurrent.TimeoutException} where they pause for too long.
   *
   * @param pieces each is released by whoever emits it
   */
  static Mono<Arrived> of(
      ResponseHead head, Flux<ByteBuf> pieces, Receiver receiver, FetchTimeout fetchTimeout) {
    receiver.head(head);
    AtomicLong bodyBytes = new AtomicLong();
    Flux<Mono<Void>> taken =
        pieces.map(
            piece -> {
              bodyBytes.addAndGet(piece.readableBytes());
              return receiver.piece(piece);
            });
    return fetchTimeout
        .betweenPieces(taken, receiver)
        .concatMap(next -> next, 0) // the next piece when there is room for it
        .then(Mono.fromSupplier(() -> new Arrived(head, bodyBytes.get())));
  }
}
