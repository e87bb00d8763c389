package dev.holdfast.fill;

import dev.holdfast.http.Fields;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.store.Entry;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What a caller that is attached to a fill gets. */
public sealed interface Answered {

  /**
   * The response's head, and its body as it arrives.
   *
   * @param response the head, and what its age is reckoned from
   * @param originStatus what the origin answered: 206 where that completed what is stored
   * @param notStored why the response is not being stored, or {@code null} if it is
   * @param body hot, for one subscriber; each buffer is the subscriber's to release. Signals on the
   *     caller's executor. Fails with {@link BodyAborted} when the rest will not come. Cancelling
   *     it changes nothing for others
   * @param trailers the fields behind the body, once that is complete; only a head that announces
   *     them has any
   */
  record View(
      StoredResponse response,
      int originStatus,
      @Nullable NotStorable notStored,
      Flux<ByteBuf> body,
      Supplier<Fields> trailers)
      implements Answered {

    /** The response's head. */
    public ResponseHead head() {
      return response.head();
    }
  }

  /** The stored response may still be used: its origin has just said so. */
  record Revalidated(Entry entry) implements Answered {}

  /**
   * The response is not for this caller: another variant's, or another caller's own, or about what
   * is stored no more.
   */
  record DecideAgain() implements Answered {}

  /** There will be no response. */
  record Failed(OriginFailure failure) implements Answered {}
}
