package dev.holdfast.fill;

import dev.holdfast.store.BodyMemory;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A run of a body's bytes, with what is reserved for it in the memory for running fills; grows at
 * its end only, so that readers need no lock for the rest.
 */
final class Segment {

  /** Less unused room than this is not worth a copy. */
  private static final int WORTH_TRIMMING_BYTES = 512;

  private final BodyMemory memory;
  private ByteBuf buffer;
  private long reservedBytes;

  private Segment(BodyMemory memory, ByteBuf buffer, long reservedBytes) {
    this.memory = memory;
    this.buffer = buffer;
    this.reservedBytes = reservedBytes;
  }

  /** A segment whose capacity is reserved, or {@code null} if it is not to be had. */
  static @Nullable Segment tryReserved(BodyMemory memory, int capacityBytes) {
    if (!memory.tryReserve(capacityBytes)) {
      return null;
    }
    ByteBuf buffer = memory.tryAllocate(capacityBytes);
    if (buffer == null) {
      memory.giveBack(capacityBytes);
      return null;
    }
    return new Segment(memory, buffer, capacityBytes);
  }

  /** A segment that nothing is reserved for, or {@code null} if there is no memory at all. */
  static @Nullable Segment tryUnreserved(BodyMemory memory, int capacityBytes) {
    ByteBuf buffer = memory.tryAllocate(capacityBytes);
    return buffer == null ? null : new Segment(memory, buffer, 0);
  }

  boolean isReserved() {
    return reservedBytes > 0;
  }

  /** Whether somebody else has a reference to its buffer. */
  boolean isLent() {
    return buffer.refCnt() > 1;
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

  /**
   * Gives up the room that will not be needed, if there is memory for the copy that it takes.
   *
   * <p>A reader's slice keeps the buffer that was copied, and so the reservation for it is kept,
   * until {@link #release}.
   */
  void trim() {
    int length = buffer.writerIndex();
    boolean worthIt = buffer.writableBytes() > WORTH_TRIMMING_BYTES;
    if (!isReserved() || !worthIt || !memory.tryReserve(length)) {
      return;
    }
    ByteBuf exact = memory.tryAllocate(length);
    if (exact == null) {
      memory.giveBack(length);
      return;
    }
    exact.writeBytes(buffer, 0, length);
    reservedBytes += length;
    int outgrown = buffer.capacity();
    if (buffer.release()) {
      giveBack(outgrown);
    }
    buffer = exact;
  }

  /** Gives back what is reserved for the bytes, which the store counts from now on. */
  void handOver() {
    giveBack(buffer.capacity());
  }

  private void giveBack(long bytes) {
    reservedBytes -= bytes;
    memory.giveBack(bytes);
  }

  void release() {
    buffer.release();
    giveBack(reservedBytes);
  }
}
