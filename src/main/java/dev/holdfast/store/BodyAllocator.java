package dev.holdfast.store;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;

/**
 * Buffers outside the heap of exactly the size wanted, each of which says when it is freed.
 *
 * <p>An allocator only because Netty keeps its leak detection for those. What others allocate
 * through {@link ByteBuf#alloc()} is Netty's own.
 */
final class BodyAllocator extends AbstractByteBufAllocator {

  private static final UnpooledByteBufAllocator OTHERS = UnpooledByteBufAllocator.DEFAULT;

  /**
   * A buffer of that many bytes.
   *
   * @param freed run once, by whoever gives back the last reference to the buffer or a slice of it
   */
  ByteBuf buffer(int bytes, Runnable freed) {
    return toLeakAwareBuffer(new BodyBuffer(this, bytes, freed));
  }

  /**
   * Some of a buffer's bytes, with references of their own.
   *
   * @param freed run once, by whoever gives back the last of them; the bytes may go then
   */
  ByteBuf part(ByteBuf whole, int from, int length, Runnable freed) {
    ByteBuffer bytes = whole.nioBuffer(from, length);
    Runnable bothFreed =
        () -> {
          whole.release();
          freed.run();
        };
    ByteBuf part = new BodyBuffer(this, bytes, bothFreed);
    whole.retain();
    return toLeakAwareBuffer(part);
  }

  private static final class BodyBuffer extends UnpooledDirectByteBuf {
    private final Runnable freed;

    private BodyBuffer(BodyAllocator allocator, int bytes, Runnable freed) {
      super(allocator, bytes, bytes);
      this.freed = freed;
    }

    /** Over bytes that are another's to free. */
    private BodyBuffer(BodyAllocator allocator, ByteBuffer bytes, Runnable freed) {
      super(allocator, bytes, bytes.remaining());
      this.freed = freed;
    }

    @Override
    protected void deallocate() {
      super.deallocate();
      freed.run();
    }
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return OTHERS.heapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return OTHERS.directBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }
}
