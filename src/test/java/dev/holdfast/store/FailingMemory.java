package dev.holdfast.store;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.function.IntPredicate;

/** A memory of bodies from which no buffer is to be had where the test says so. */
public final class FailingMemory {

  private FailingMemory() {}

  /**
   * A memory of which running fills may hold that much.
   *
   * @param fails whether there is no memory for a buffer of that many bytes
   */
  public static BodyMemory create(long maxInFlightBytes, IntPredicate fails) {
    UnpooledByteBufAllocator real = new UnpooledByteBufAllocator(true);
    return new BodyMemory(maxInFlightBytes, new Failing(real, fails), real.metric());
  }

  private static final class Failing extends AbstractByteBufAllocator {
    private final UnpooledByteBufAllocator real;
    private final IntPredicate fails;

    private Failing(UnpooledByteBufAllocator real, IntPredicate fails) {
      this.real = real;
      this.fails = fails;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      return real.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      if (fails.test(initialCapacity)) {
        throw new OutOfMemoryError("as the test says");
      }
      return real.directBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }
}
