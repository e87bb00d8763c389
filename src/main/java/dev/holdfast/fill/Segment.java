package dev.holdfast.fill;

import dev.holdfast.store.BodyMemory;
import io.netty.buffer.ByteBuf;

/** A run of a body's bytes; grows at its end only, so that readers need no lock for the rest. */
final class Segment {

  /** Less unused room than this is not worth a copy. */
  private static final int WORTH_TRIMMING_BYTES = 512;

  private final BodyMemory memory;
  private final boolean reserved;
  private ByteBuf buffer;

  /**
   * @param reserved whether the capacity is reserved in the memory for running fills
   */
  Segment(BodyMemory memory, int capacityBytes, boolean reserved) {
    this.memory = memory;
    this.reserved = reserved;
    this.buffer = memory.allocate(capacityBytes);
  }

  int length() {
    return buffer.writerIndex();
  }

  boolean isFull() {
    return !buffer.isWritable();
  }

  /** Copies as much of the piece as there is room for, and says how much that was. */
  int fillFrom(ByteBuf piece) {
    int length = Math.min(piece.readableBytes(), buffer.writableBytes());
    buffer.writeBytes(piece, length);
    return length;
  }

  /** The bytes from there on, retained for the caller. */
  ByteBuf slice(int from, int length) {
    return buffer.retainedSlice(from, length);
  }

  /** All bytes so far, retained for the caller. */
  ByteBuf all() {
    return buffer.retainedDuplicate();
  }

  /** Gives up the room that will not be needed. */
  void trim() {
    int unused = buffer.writableBytes();
    if (unused > WORTH_TRIMMING_BYTES) {
      ByteBuf exact = memory.allocate(buffer.writerIndex());
      exact.writeBytes(buffer, 0, buffer.writerIndex());
      buffer.release();
      buffer = exact;
      if (reserved) {
        memory.giveBack(unused);
      }
    }
  }

  void release() {
    if (reserved) {
      memory.giveBack(buffer.capacity());
    }
    buffer.release();
  }
}
