package dev.holdfast.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that bodies take: where it comes from, how much is in use, and how much running fills
 * may hold.
 *
 * <p>Bodies live outside the heap, in buffers of their exact size, so that a hit is sent without a
 * copy. A buffer counts as used until its last reader has let go of it, evicted or not.
 */
public final class BodyMemory {

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final long maxInFlightBytes;
  private final AtomicLong inFlightBytes = new AtomicLong();

  /**
   * @param maxInFlightBytes what running fills may hold together
   */
  public BodyMemory(long maxInFlightBytes) {
    this.maxInFlightBytes = maxInFlightBytes;
  }

  /** A buffer of exactly that many bytes, to be released by whoever asked for it. */
  public ByteBuf allocate(int bytes) {
    return allocator.directBuffer(bytes, bytes);
  }

  /** Reserves bytes for a running fill; whoever gets {@code true} gives them back once. */
  public boolean tryReserve(long bytes) {
    long reserved = inFlightBytes.get();
    while (reserved + bytes <= maxInFlightBytes) {
      if (inFlightBytes.compareAndSet(reserved, reserved + bytes)) {
        return true;
      }
      reserved = inFlightBytes.get();
    }
    return false;
  }

  /** Gives reserved bytes back. */
  public void giveBack(long bytes) {
    inFlightBytes.addAndGet(-bytes);
  }

  /** The bytes that running fills have reserved. */
  public long inFlightBytes() {
    return inFlightBytes.get();
  }

  /** The bytes of all buffers not yet released. */
  public long usedBytes() {
    return allocator.metric().usedDirectMemory();
  }
}
