package dev.holdfast.http;

import org.jspecify.annotations.Nullable;

/**
 * What objects take of the heap, by the layout of a 64-bit JVM with references of four bytes: the
 * usual one below 32 GB of heap.
 */
public final class HeapBytes {

  private static final int ALIGNMENT = 8;
  private static final int OBJECT_HEADER = 12;
  private static final int ARRAY_HEADER = 16;
  private static final int REFERENCE = 4;

  private HeapBytes() {}

  /** An object with fields of that many bytes together; a reference has four. */
  public static int ofObject(int fieldBytes) {
    return aligned(OBJECT_HEADER + fieldBytes);
  }

  /** A string of characters that fit into a byte each, as all of HTTP's do. */
  public static int ofString(@Nullable String text) {
    return text == null ? 0 : ofObject(REFERENCE + 6) + aligned(ARRAY_HEADER + text.length());
  }

  /** An array of that many references, without what they refer to. */
  public static int ofReferences(int length) {
    return aligned(ARRAY_HEADER + REFERENCE * length);
  }

  /** An immutable list of that many elements, without these. */
  public static int ofList(int size) {
    return ofObject(2 * REFERENCE) + (size > 2 ? ofReferences(size) : 0);
  }

  private static int aligned(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
