package dev.holdfast.store;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  private final long capacityBytes;

  /** Set while the store still has its reference; run by whoever gives back the last one. */
  private volatile Runnable whenFreed = () -> {};

  /** Takes over one reference to each segment; their readable bytes are the body. */
  public Body(List<ByteBuf> segments) {
    this(segments, segments.stream().mapToLong(ByteBuf::capacity).sum());
  }

  private Body(List<ByteBuf> segments, long capacityBytes) {
    this.segments = List.copyOf(segments);
    this.lengthBytes = segments.stream().mapToLong(ByteBuf::readableBytes).sum();
    this.capacityBytes = capacityBytes;
  }

  /** A body without bytes. */
  public static Body empty() {
    return new Body(List.of());
  }

  /** The number of bytes. */
  public long lengthBytes() {
    return lengthBytes;
  }

  /** The bytes that its buffers take, unused room included. */
  long capacityBytes() {
    return capacityBytes;
  }

  /** The number of buffers that its bytes are in. */
  int segments() {
    return segments.size();
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

  /**
   * Another body of the same bytes, for another entry: with readers of its own, and weighed by
   * itself.
   *
   * @return {@code null} if the bytes are freed already
   */
  public @Nullable Body tryShare() {
    if (!tryRetain()) {
      return null;
    }
    segments.forEach(ByteBuf::retain);
    Body shared = new Body(segments, capacityBytes);
    release();
    return shared;
  }

  /** The bytes in order; each buffer is the body's own, valid while a reference is held. */
  public List<ByteBuf> ownBuffers() {
    return segments;
  }

  /**
   * This body with bytes of another around it, sharing their memory; for whoever has a reference to
   * both.
   *
   * @param before how many of the other's first bytes come before this body's
   * @param after how many of its last bytes come after them
   * @return with one reference, for the caller
   */
  public Body within(Body other, long before, long after) {
    List<ByteBuf> joined = new ArrayList<>();
    other.addTo(joined, 0, before);
    addTo(joined, 0, lengthBytes);
    other.addTo(joined, other.lengthBytes - after, after);
    return new Body(joined, joined.stream().mapToLong(Body::capacityOf).sum());
  }

  private void addTo(List<ByteBuf> parts, long from, long length) {
    long position = 0;
    for (ByteBuf segment : segments) {
      long first = Math.max(from, position);
      long last = Math.min(from + length, position + segment.readableBytes());
      if (first < last) {
        int index = segment.readerIndex() + (int) (first - position);
        parts.add(segment.retainedSlice(index, (int) (last - first)));
      }
      position += segment.readableBytes();
    }
  }

  /** What is kept of the memory behind a buffer, all of which lives as long as any of it. */
  private static int capacityOf(ByteBuf buffer) {
    ByteBuf whole = buffer;
    while (whole.unwrap() != null) {
      whole = whole.unwrap();
    }
    return whole.capacity();
  }

  /** Has something done when the bytes are freed; for whoever has a reference still. */
  void whenFreed(Runnable action) {
    whenFreed = action;
  }

  @Override
  protected void deallocate() {
    segments.forEach(ByteBuf::release);
    whenFreed.run();
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    return this;
  }
}
