package dev.holdfast.store;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.HeapBytes;
import dev.holdfast.http.StoredResponse;
import java.util.Set;

/**
 * What a stored response takes apart from its body's bytes, by the layout of the objects that it is
 * made of.
 */
public final class Weights {

  /** An entry of a hash map: the node, and two places in a table that is half full. */
  private static final int MAP_ENTRY = HeapBytes.ofObject(16) + 8;

  /** The entry, its state, and how long it is kept. */
  private static final int ENTRY =
      HeapBytes.ofObject(16) + HeapBytes.ofObject(24) + HeapBytes.ofObject(12);

  /** The key, and the list of what is stored under it, in its map. */
  private static final int RESOURCE = HeapBytes.ofObject(12) + HeapBytes.ofList(1) + MAP_ENTRY;

  /** Caffeine's node, in its map, and its share in the table of how often entries are asked for. */
  private static final int BOUND = HeapBytes.ofObject(44) + MAP_ENTRY + 16;

  /** The body and its counter of readers. */
  private static final int BODY = HeapBytes.ofObject(28) + HeapBytes.ofObject(4);

  /** Netty's buffer, its counter of references, what frees it, and the body's own view of it. */
  private static final int NETTY_BUFFER =
      HeapBytes.ofObject(60)
          + HeapBytes.ofObject(4)
          + 2 * HeapBytes.ofObject(4)
          + HeapBytes.ofObject(12)
          + HeapBytes.ofObject(20)
          + HeapBytes.ofObject(28);

  /**
   * The JVM's buffer over memory outside the heap and a copy of it, its cleaner, what that runs.
   */
  private static final int JVM_BUFFER =
      2 * HeapBytes.ofObject(52) + HeapBytes.ofObject(28) + HeapBytes.ofObject(20);

  private Weights() {}

  /** The weight of that response under that key, to which its body's bytes come. */
  public static int apartFromBytes(
      CacheKey key, StoredResponse response, Body body, Set<String> tags) {
    int segments = body.segments();
    return ENTRY
        + RESOURCE
        + HeapBytes.ofString(key.target().toString())
        + weightOf(key.discriminator())
        + BOUND
        + response.weightBytes()
        + weightOf(tags)
        + BODY
        + HeapBytes.ofList(segments)
        + (NETTY_BUFFER + JVM_BUFFER) * segments;
  }

  /** The empty one is there once for all. */
  private static int weightOf(String discriminator) {
    return discriminator.isEmpty() ? 0 : HeapBytes.ofString(discriminator);
  }

  /** A set has two places for each element, in an array. */
  private static int weightOf(Set<String> tags) {
    int weight =
        tags.isEmpty() ? 0 : HeapBytes.ofObject(8) + HeapBytes.ofReferences(2 * tags.size());
    for (String tag : tags) {
      weight += HeapBytes.ofString(tag);
    }
    return weight;
  }
}
