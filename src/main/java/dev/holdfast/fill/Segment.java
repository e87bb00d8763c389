package dev.holdfast.fill;

import dev.holdfast.store.BodyMemory;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A run of a body's bytes, with what is reserved for it in the memory for running fills; grows at
 * its end only, so that readers need no lock for the rest.
 *
 * <p>What is reserved is given back when the memory is: a reader's slice outlives the segment.
 */
final class Segment {

  /** Less unused room than this is not worth a copy. */
  private static final int WORTH_TRIMMING_BYTES = 512;

  /** What is reserved for one buffer; given back once, by whoever comes first. */
  private record Reservation(BodyMemory memory, long bytes, AtomicBoolean givenBack)
      implements Runnable {

    static @Nullable Reservation tryTake(BodyMemory memory, long bytes) {
      return memory.tryReserve(bytes) ? new Reservation(memory, bytes, new AtomicBoolean()) : null;
    }

    @Override
    public void run() {
      if (givenBack.compareAndSet(false, true)) {
        memory.giveBack(bytes);
      }
    }
  }

  private final BodyMemory memory;

  /** How many readers are in it; under the content's monitor. */
  int readers;

  private ByteBuf buffer;
  private @Nullable Reservation reservation;

  private Segment(BodyMemory memory, ByteBuf buffer, @Nullable Reservation reservation) {
    this.memory = memory;
    this.buffer = buffer;
    this.reservation = reservation;
  }

  /** A segment whose capacity is reserved, or {@code null} if it is not to be had. */
  static @Nullable Segment tryReserved(BodyMemory memory, int capacityBytes) {
    Reservation reservation = Reservation.tryTake(memory, capacityBytes);
    if (reservation == null) {
      return null;
    }
    ByteBuf buffer = memory.tryAllocate(capacityBytes, reservation);
    if (buffer == null) {
      reservation.run();
      return null;
    }
    return new Segment(memory, buffer, reservation);
  }

  /** A segment that nothing is reserved for, or {@code null} if there is no memory at all. */
  static @Nullable Segment tryUnreserved(BodyMemory memory, int capacityBytes) {
    ByteBuf buffer = memory.tryAllocate(capacityBytes, () -> {});
    return buffer == null ? null : new Segment(memory, buffer, null);
  }

  boolean isReserved() {
    return reservation != null;
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

  /**
   * The bytes from there on, to be released by the caller.
   *
   * @param freed run once, by whoever gives back the last reference to them
   */
  ByteBuf slice(int from, int length, Runnable freed) {
    return memory.part(buffer, from, length, freed);
  }

  /** All bytes so far, retained for the caller. */
  ByteBuf all() {
    return buffer.retainedDuplicate();
  }

  /**
   * Gives up the room that will not be needed, if there is memory for the copy that it takes.
   *
   * <p>A reader's slice keeps the buffer that was copied.
   */
  void trim() {
    if (!isReserved() || buffer.writableBytes() <= WORTH_TRIMMING_BYTES) {
      return;
    }
    Segment exact = tryReserved(memory, buffer.writerIndex());
    if (exact != null) {
      exact.buffer.writeBytes(buffer, 0, buffer.writerIndex());
      buffer.release();
      buffer = exact.buffer;
      reservation = exact.reservation;
    }
  }

  /** Gives back what is reserved for the bytes, which the store counts from now on. */
  void handOver() {
    if (reservation != null) {
      reservation.run();
    }
  }

  void release() {
    buffer.release();
  }
}
