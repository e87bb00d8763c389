package dev.holdfast.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Bytes that tell their place, so that a lost, doubled or misplaced one shows. */
public final class Bytes {

  private Bytes() {}

  /** The bytes of those places. */
  public static byte[] of(int from, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int place = from + i;
      bytes[i] = (byte) (place ^ (place >> 8) * 31 ^ (place >> 16) * 17);
    }
    return bytes;
  }

  /** A buffer of those bytes that needs no release. */
  public static ByteBuf piece(int from, int length) {
    return Unpooled.wrappedBuffer(of(from, length));
  }

  /** The buffer's bytes; releases it. */
  public static byte[] take(ByteBuf buffer) {
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    buffer.release();
    return bytes;
  }

  /** What the buffers say one after the other; releases none. */
  public static String text(List<ByteBuf> buffers) {
    return buffers.stream()
        .map(buffer -> buffer.toString(StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }

  /** Whether these are the bytes from the first place on, compared without a dump of both. */
  public static boolean areFromStart(byte[] bytes) {
    return Arrays.equals(bytes, of(0, bytes.length));
  }
}
