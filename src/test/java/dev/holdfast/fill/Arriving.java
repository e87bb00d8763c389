package dev.holdfast.fill;

import dev.holdfast.http.NotStorable;
import dev.holdfast.store.Body;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.testing.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A body that arrives in pieces of known bytes, as a fill has it arrive, and its readers. */
final class Arriving {

  static final int KIB = 1024;
  static final int MAX_STORED_BYTES = 1024 * KIB;

  final BodyMemory memory;
  final Content content;
  private final List<BodyReader> readers = new ArrayList<>();
  private int sent;

  Arriving() {
    this(new BodyMemory(64L * 1024 * KIB), MAX_STORED_BYTES);
  }

  Arriving(BodyMemory memory, long maxStoredBytes) {
    this.memory = memory;
    this.content = new Content(memory, maxStoredBytes, TestFills.BOUNDLESS.of("catalog"));
  }

  /** The head: storable, of unknown length. */
  Arriving storable() {
    content.begin(true, -1);
    return this;
  }

  /** The head: storable, of that length. */
  Arriving storable(long length) {
    content.begin(true, length);
    return this;
  }

  /** The head: not storable. */
  Arriving passed() {
    content.begin(false, -1);
    return this;
  }

  BodyReader attach(Executor executor) {
    BodyReader reader = new BodyReader(content, executor);
    if (!content.attach(reader)) {
      throw new AssertionError("cannot be joined");
    }
    readers.add(reader);
    return reader;
  }

  /** Attaches a caller that is signalled by whoever brings the body. */
  BodyReader attach() {
    return attach(Runnable::run);
  }

  Reading attach(Reading reading) {
    attach().subscribe(reading);
    return reading;
  }

  /** Whether one more could attach; it leaves at once. */
  boolean canBeJoined() {
    BodyReader reader = new BodyReader(content, Runnable::run);
    boolean attached = content.attach(reader);
    content.leave(reader);
    return attached;
  }

  /** The next piece; returns why the body is no longer stored, if it is this piece's doing. */
  @Nullable NotStorable piece(int bytes) {
    ByteBuf piece = Bytes.piece(sent, bytes);
    sent += bytes;
    NotStorable stopped = content.append(piece);
    content.wakeReaders();
    return stopped;
  }

  void end() {
    content.end(null);
    content.wakeReaders();
  }

  void fail(String reason) {
    content.end(reason);
    content.wakeReaders();
  }

  void leave(int reader) {
    content.leave(readers.get(reader));
  }

  void leaveAll() {
    readers.forEach(content::leave);
  }

  boolean hasRoom() {
    boolean[] granted = new boolean[1];
    content.room().subscribe(nothing -> {}, failure -> {}, () -> granted[0] = true);
    return granted[0];
  }

  int sent() {
    return sent;
  }

  /** The stored body's bytes; releases it. */
  static byte[] take(Body body) {
    Reading reading = Reading.everything();
    Flux.fromIterable(body.ownBuffers()).map(ByteBuf::retainedDuplicate).subscribe(reading);
    body.release();
    return reading.bytes();
  }
}
