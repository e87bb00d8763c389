package dev.holdfast.origin;

import dev.holdfast.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Mono;

/** A receiver that takes everything and keeps nothing. */
class TestReceiver implements Receiver {

  boolean isWanted = true;

  /** Whether the response may still be stored. */
  boolean mayBeStored = true;

  @Override
  public boolean begun() {
    return isWanted;
  }

  @Override
  public void head(ResponseHead head) {}

  @Override
  public Mono<Void> piece(ByteBuf piece) {
    return Mono.empty();
  }

  @Override
  public boolean isUnderTotalDeadline() {
    return mayBeStored;
  }
}
