package dev.holdfast.fill;

import io.netty.buffer.ByteBuf;

/** What a reader of a body finds where it is. */
sealed interface BodyStep {

  /** More bytes; the buffer is the reader's to release. */
  record Piece(ByteBuf buffer) implements BodyStep {}

  /** Nothing yet. */
  enum Wait implements BodyStep {
    INSTANCE
  }

  /** It has read all there is. */
  enum Done implements BodyStep {
    INSTANCE
  }

  /** The rest will not come. */
  record Aborted(BodyAborted reason) implements BodyStep {}
}
