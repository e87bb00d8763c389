package dev.holdfast.origin;

import dev.holdfast.http.RequestHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The bare way to an origin, without any guard. */
interface Exchange {

  /**
   * One exchange, to the last byte of the response.
   *
   * <p>Cold. Cancelling it closes the connection. Fails with an {@link OriginFailure}. Signals on
   * the client's event loop.
   *
   * @param body the request's body, or {@code null} for none
   * @param receiver is given the head and the pieces as they come
   */
  Mono<Arrived> toLastByte(RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver);

  /** Closes the connections. */
  void close();
}
