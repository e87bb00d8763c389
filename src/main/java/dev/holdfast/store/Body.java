package dev.holdfast.store;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole body of a stored response: the owner of its bytes and the counter of its readers.
 *
 * <p>Created with one reference, the store's. A reader takes one with {@link #tryRetain} and gives
 * it back with {@link #release}; with the last one the bytes are freed. Safe for use by several
 * threads.
 */
public final class Body extends AbstractReferenceCounted {

  private final List<ByteBuf> segments;
  private final long lengthBytes;

  /** Takes over one reference to each segment; their readable bytes are the body. */
  public Body(List<ByteBuf> segments) {
    this.segments = List.copyOf(segments);
    this.lengthBytes = segments.stream().mapToLong(ByteBuf::readableBytes).sum();
  }

  /** A body without bytes. */
  public static Body empty() {
    return new Body(List.of());
  }

  /** The number of bytes. */
  public long lengthBytes() {
    return lengthBytes;
  }

  /**
   * Takes a reader's reference.
   *
   * @return {@code false} if the bytes are freed already: the reader came too late
   */
  public boolean tryRetain() {
    try {
      retain();
      return true;
    } catch (IllegalReferenceCountException freed) {
      return false;
    }
  }

  /** The bytes in order; each buffer is retained for whoever takes it from the stream. */
  public Stream<ByteBuf> buffers() {
    return segments.stream().map(ByteBuf::retainedDuplicate);
  }

  @Override
  protected void deallocate() {
    segments.forEach(ByteBuf::release);
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    return this;
  }
}
