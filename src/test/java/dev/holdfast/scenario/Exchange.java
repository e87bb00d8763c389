package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One request at the scripted origin and the means to answer it, piece by piece; each call is on
 * the wire when it returns.
 *
 * <p>Writing to a peer that has closed throws {@link PeerGoneException}, which ends the script and
 * is no failure.
 */
final class Exchange {

  private enum Progress {
    UNFINISHED,
    /** Raw bytes came last: only the script knows whether they made the answer whole. */
    RAW,
    WHOLE
  }

  private final OriginConnection connection;
  private final Request request;
  private volatile Progress progress = Progress.UNFINISHED;
  private volatile boolean waiting;
  private volatile boolean acted;

  /** Of the script's own thread. */
  private boolean answered;

  Exchange(OriginConnection connection, Request request) {
    this.connection = connection;
    this.request = request;
  }

  Request request() {
    return request;
  }

  /** Sends these very bytes (ISO-8859-1). */
  void send(String raw) {
    sendBytes(raw.getBytes(ISO_8859_1));
  }

  void sendBytes(byte[] raw) {
    write(raw, Progress.RAW);
  }

  /** A whole answer with {@code Content-Length}; without content if the request is {@code HEAD}. */
  void ok(String content, String... headers) {
    answer("200 OK", content, headers);
  }

  /** As {@link #ok}, with a status such as {@code "404 Not Found"}. */
  void answer(String status, String content, String... headers) {
    var bytes = content.getBytes(UTF_8);
    var length = "Content-Length: " + bytes.length;
    var fields = Stream.concat(Stream.of(length), Arrays.stream(headers)).toArray(String[]::new);
    var head = Wire.head("HTTP/1.1 " + status, fields).getBytes(ISO_8859_1);
    write(request.method().equals("HEAD") ? head : concat(head, bytes), Progress.WHOLE);
  }

  /** An interim head such as {@code "103 Early Hints"}, or a final one whose content follows. */
  void head(String status, String... headers) {
    write(Wire.head("HTTP/1.1 " + status, headers).getBytes(ISO_8859_1), Progress.UNFINISHED);
  }

  /** The head of an answer whose content comes by {@link #chunk} and {@link #lastChunk}. */
  void chunkedHead(String... headers) {
    var chunked = Stream.of("Transfer-Encoding: chunked");
    head("200 OK", Stream.concat(chunked, Arrays.stream(headers)).toArray(String[]::new));
  }

  void chunk(String content) {
    chunk(content.getBytes(UTF_8));
  }

  void chunk(byte[] bytes) {
    var size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1);
    write(concat(size, bytes, new byte[] {'\r', '\n'}), Progress.UNFINISHED);
  }

  void lastChunk(String... trailers) {
    write(Wire.head("0", trailers).getBytes(ISO_8859_1), Progress.WHOLE);
  }

  /** Waits at the gate, whether or not the peer stays. */
  void await(Gate gate) {
    waiting = true;
    try {
      connection.noteIfPeerHasLeft(this);
      gate.await();
    } finally {
      waiting = false;
    }
  }

  /** Waits until the peer closes the connection. */
  void hangUntilClosed() {
    acted = true;
    waiting = true;
    try {
      connection.noteIfPeerHasLeft(this);
      connection.awaitEnd();
    } finally {
      waiting = false;
    }
  }

  /** Ends the connection after what was sent, without a fault. */
  void closeOrderly() {
    acted = true;
    connection.closeOrderly();
  }

  /** Ends the connection with a reset. */
  void reset() {
    acted = true;
    connection.reset();
  }

  /** Whether a peer that leaves now leaves in the middle. */
  boolean isUnfinished() {
    return progress == Progress.UNFINISHED || (progress == Progress.RAW && waiting);
  }

  /** Whether the script sent, closed or hung at all. */
  boolean hasActed() {
    return acted;
  }

  /** The origin is done with it, for all that the peer can see. */
  void answered() {
    if (!answered) {
      answered = true;
      connection.answered();
    }
  }

  private void write(byte[] bytes, Progress after) {
    acted = true;
    // before the bytes: a peer that has the whole answer may leave or ask again at once
    progress = after;
    if (after == Progress.WHOLE) {
      answered();
    }
    connection.write(bytes);
  }

  private static byte[] concat(byte[]... parts) {
    var all = new byte[Stream.of(parts).mapToInt(p -> p.length).sum()];
    var at = 0;
    for (var part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
