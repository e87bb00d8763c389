package dev.holdfast.fill;

import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.Combination;
import dev.holdfast.store.Body;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rest of a stored beginning, which a fetch asks for to have the whole (RFC 9111 §3.3). */
final class Rest {

  private final Entry beginning;
  private final StoredResponse stored;

  private Rest(Entry beginning, StoredResponse stored) {
    this.beginning = beginning;
    this.stored = stored;
  }

  /** What that asks for the rest of, or {@code null}. */
  static @Nullable Rest of(Ask ask) {
    Entry entry = ask.validated();
    return entry != null
            && entry.value() instanceof StoredResponse stored
            && stored.head().part().isPresent()
        ? new Rest(entry, stored)
        : null;
  }

  RequestHead sent(RequestHead request) {
    return Combination.forTheRest(request, stored);
  }

  /**
   * The head of the whole, as it goes on from the origin's answer: that of both together, or the
   * answer itself if it is a whole of its own.
   *
   * @return {@code null} if the rest is not to be had so: another state is the current one, what is
   *     stored is invalidated, or the answer fits nothing that was asked for
   */
  @Nullable ResponseHead wholeBy(ResponseHead answer, Store store) {
    return switch (answer.status()) {
      case 206 -> store.isValid(beginning) ? Combination.completed(stored.head(), answer) : null;
      case 304, 416 -> null;
      default -> answer;
    };
  }

  /**
   * Gives the stored bytes, each buffer valid during the call only.
   *
   * @return {@code false} if they are gone
   */
  boolean precede(Consumer<ByteBuf> taker) {
    Body body = beginning.body();
    if (!body.tryRetain()) {
      return false;
    }
    try {
      body.ownBuffers().forEach(buffer -> taker.accept(buffer.duplicate()));
      return true;
    } finally {
      body.release();
    }
  }
}
