package dev.holdfast.scenario;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The content of one message without its framing.
 *
 * <p>It ends where the framing says; where the connection ends earlier, reading throws {@link
 * EOFException}.
 */
final class BodyStream extends InputStream {

  private enum Framing {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  private final InputStream in;
  private final Framing framing;
  private Headers trailers = Headers.NONE;
  private boolean firstChunk = true;
  private boolean ended;

  /** Bytes to come of the body, or of the present chunk. */
  private long left;

  private BodyStream(InputStream in, Framing framing, long left) {
    this.in = in;
    this.framing = framing;
    this.left = left;
  }

  static BodyStream ofRequest(InputStream in, Headers headers) throws MalformedException {
    if (headers.has("Transfer-Encoding", "chunked")) {
      return new BodyStream(in, Framing.CHUNKED, 0);
    }
    var length = headers.first("Content-Length");
    return new BodyStream(in, Framing.LENGTH, length == null ? 0 : number(length, 10));
  }

  static BodyStream ofResponse(InputStream in, String method, Head head) throws MalformedException {
    if (method.equals("HEAD") || head.isInterim() || head.status() == 204 || head.status() == 304) {
      return new BodyStream(in, Framing.LENGTH, 0);
    }
    var unframed =
        head.header("Transfer-Encoding") == null && head.header("Content-Length") == null;
    return unframed
        ? new BodyStream(in, Framing.UNTIL_CLOSE, Long.MAX_VALUE)
        : ofRequest(in, head.headers());
  }

  /** What came after the last chunk; empty until the end has been read. */
  Headers trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length > 0 && left == 0 && !ended) {
      advance();
    }
    if (length == 0 || ended) {
      return ended ? -1 : 0;
    }
    var count = in.read(into, offset, (int) Math.min(length, left));
    if (count < 0 && framing != Framing.UNTIL_CLOSE) {
      throw new EOFException(left + " bytes of the body or chunk are missing");
    }
    ended = count < 0;
    left -= framing == Framing.UNTIL_CLOSE ? 0 : count;
    return count;
  }

  private void advance() throws IOException {
    if (framing == Framing.CHUNKED) {
      nextChunk();
    } else {
      ended = true;
    }
  }

  private void nextChunk() throws IOException {
    if (!firstChunk && !Wire.readLine(in).isEmpty()) {
      throw new MalformedException("chunk longer than its size");
    }
    firstChunk = false;
    var size = Wire.readLine(in);
    left = number(size.split(";", 2)[0].strip(), 16);
    if (left == 0) {
      trailers = Headers.read(in);
      ended = true;
    }
  }

  private static long number(String digits, int radix) throws MalformedException {
    try {
      if (digits.matches("\\p{XDigit}+")) {
        return Long.parseLong(digits, radix);
      }
    } catch (NumberFormatException e) {
      // too long, or not of this radix
    }
    throw new MalformedException("not a length: " + digits);
  }
}
