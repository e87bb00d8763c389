package dev.holdfast.scenario;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to the bytes of one direction.
 *
 * @param pieceBytes how many go on at once, at most
 * @param latency by which each piece goes on later
 * @param bytesPerSecond 0: as many as come
 * @param endOffset in place of which byte the end comes, counted on each connection from when the
 *     fault was set
 * @param closeDelay by which the sender's own orderly end goes on later
 */
record Fault(
    int pieceBytes,
    Duration latency,
    long bytesPerSecond,
    End end,
    long endOffset,
    Duration closeDelay) {

  /** What comes in place of a byte. */
  enum End {
    /** Nothing but the byte. */
    NONE,
    /** The connection closes orderly. */
    CLOSE,
    /** It is reset on both sides. */
    RESET,
    /** Nothing goes on until there is another fault; nothing is lost. */
    STALL,
    /** All that comes is taken and lost, as long as the connection lasts. */
    SWALLOW
  }

  static final Fault NONE = new Fault(16 * 1024, Duration.ZERO, 0, End.NONE, 0, Duration.ZERO);

  /** Slices. */
  Fault inPiecesOf(int bytes) {
    return new Fault(bytes, latency, bytesPerSecond, end, endOffset, closeDelay);
  }

  Fault laterBy(Duration delay) {
    return new Fault(pieceBytes, delay, bytesPerSecond, end, endOffset, closeDelay);
  }

  /** Limits the bandwidth, in pieces of a tenth of a second at most. */
  Fault atBytesPerSecond(long rate) {
    var most = (int) Math.max(1, Math.min(pieceBytes, rate / 10));
    return new Fault(most, latency, rate, end, endOffset, closeDelay);
  }

  Fault closeLaterBy(Duration delay) {
    return new Fault(pieceBytes, latency, bytesPerSecond, end, endOffset, delay);
  }

  /** Limits the data. */
  Fault closeAt(long offset) {
    return endAt(End.CLOSE, offset);
  }

  Fault resetAt(long offset) {
    return endAt(End.RESET, offset);
  }

  Fault stallAt(long offset) {
    return endAt(End.STALL, offset);
  }

  /** A black hole. */
  Fault swallowFrom(long offset) {
    return endAt(End.SWALLOW, offset);
  }

  private Fault endAt(End how, long offset) {
    return new Fault(pieceBytes, latency, bytesPerSecond, how, offset, closeDelay);
  }

  /**
   * How many of the bytes at hand go on next; 0: it is time for the end.
   *
   * @param passed how many have gone on since the fault was set
   */
  int bytesToPass(long passed, int atHand) {
    var most = Math.min(pieceBytes, atHand);
    return end == End.NONE ? most : (int) Math.min(most, endOffset - passed);
  }

  /** How long a piece of so many bytes is kept. */
  Duration delayOf(int bytes) {
    var nanos = bytesPerSecond == 0 ? 0 : bytes * 1_000_000_000L / bytesPerSecond;
    return latency.plusNanos(nanos);
  }
}
