package dev.holdfast.store;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that bodies take: where it comes from, how much is in use, and how much running fills
 * may hold.
 *
 * <p>Bodies live outside the heap, in buffers of their exact size, so that a hit is sent without a
 * copy. A buffer counts as used until its last reader has let go of it, evicted or not.
 */
public class BodyMemory {

  private final BodyAllocator allocator = new BodyAllocator();
  private final long maxInFlightBytes;
  private final AtomicLong inFlightBytes = new AtomicLong();
  private final AtomicLong usedBytes = new AtomicLong();

  /**
   * @param maxInFlightBytes what running fills may hold together
   */
  public BodyMemory(long maxInFlightBytes) {
    this.maxInFlightBytes = maxInFlightBytes;
  }

  /**
   * A buffer of exactly that many bytes, to be released by whoever asked for it.
   *
   * @param freed run once, by whoever gives back the last reference to the buffer or a slice of it
   * @return {@code null} if the machine, or the JVM's own limit, has no memory left for it
   */
  public final @Nullable ByteBuf tryAllocate(int bytes, Runnable freed) {
    usedBytes.addAndGet(bytes);
    try {
      return allocate(
          bytes,
          () -> {
            usedBytes.addAndGet(-bytes);
            freed.run();
          });
    } catch (OutOfMemoryError exhausted) {
      usedBytes.addAndGet(-bytes);
      return null; // an error would go past all that ends a fill
    }
  }

  /**
   * Some of a buffer's bytes without a copy; the buffer stays in use as long as they do.
   *
   * @param freed run once, by whoever gives back the last reference to them
   */
  public final ByteBuf part(ByteBuf whole, int from, int length, Runnable freed) {
    return allocator.part(whole, from, length, freed);
  }

  /** Where buffers come from. */
  ByteBuf allocate(int bytes, Runnable freed) {
    return allocator.buffer(bytes, freed);
  }

  /** Reserves bytes for a running fill; whoever gets {@code true} gives them back once. */
  public final boolean tryReserve(long bytes) {
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
  public final void giveBack(long bytes) {
    inFlightBytes.addAndGet(-bytes);
  }

  /** The bytes that are reserved for running fills, and for what of theirs is still being read. */
  public final long inFlightBytes() {
    return inFlightBytes.get();
  }

  /** The bytes of all buffers not yet freed. */
  public final long usedBytes() {
    return usedBytes.get();
  }
}
