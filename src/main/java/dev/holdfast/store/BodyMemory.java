package dev.holdfast.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that bodies take: where it comes from, how much is in use, and how much running fills
 * may hold.
 *
 * <p>Bodies live outside the heap, in buffers of their exact size, so that a hit is sent without a
 * copy. A buffer counts as used until its last reader has let go of it, evicted or not.
 */
public final class BodyMemory {

  private final ByteBufAllocator allocator;
  private final ByteBufAllocatorMetric metric;
  private final long maxInFlightBytes;
  private final AtomicLong inFlightBytes = new AtomicLong();

  /**
   * @param maxInFlightBytes what running fills may hold together
   */
  public BodyMemory(long maxInFlightBytes) {
    this(maxInFlightBytes, new UnpooledByteBufAllocator(true));
  }

  private BodyMemory(long maxInFlightBytes, UnpooledByteBufAllocator allocator) {
    this(maxInFlightBytes, allocator, allocator.metric());
  }

  /** As the public one, with an allocator that may fail. */
  BodyMemory(
      long maxInFlightBytes, ByteBufAllocator allocator, ByteBufAllocatorMetric allocatorMetric) {
    this.maxInFlightBytes = maxInFlightBytes;
    this.allocator = allocator;
    this.metric = allocatorMetric;
  }

  /**
   * A buffer of exactly that many bytes, to be released by whoever asked for it.
   *
   * @return {@code null} if the machine, or the JVM's own limit, has no memory left for it
   */
  public @Nullable ByteBuf tryAllocate(int bytes) {
    try {
      return allocator.directBuffer(bytes, bytes);
    } catch (OutOfMemoryError exhausted) {
      return null; // an error would go past all that ends a fill
    }
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
    return metric.usedDirectMemory();
  }
}
