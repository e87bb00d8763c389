package dev.holdfast.origin;

import dev.holdfast.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Mono;

/** Whoever takes a response as it arrives; called by one thread at a time, in order. */
public interface Receiver {

  /**
   * The fetch begins: it is let in, and nothing has been sent yet. Once, before all else.
   *
   * @return whether it is wanted still; else nothing is sent, and nothing more is called
   */
  boolean begun();

  /**
   * An interim response (RFC 9110 §15.2) but 100 and 101, with its end-to-end fields; before the
   * head, any number of times.
   */
  default void interim(ResponseHead response) {}

  /** The final response's head, once, without hop-by-hop fields. */
  void head(ResponseHead head);

  /**
   * The next piece of the body.
   *
   * @param piece valid during the call only: what is needed of it is copied
   * @return completes when the next piece may come; cold, any number of subscribers
   */
  Mono<Void> piece(ByteBuf piece);

  /**
   * Whether the whole fetch is under the fetch time-out; otherwise each pause between bytes is, in
   * which the receiver is not being waited for.
   */
  boolean isUnderTotalDeadline();
}
