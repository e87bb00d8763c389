package dev.holdfast.fill;

import dev.holdfast.http.NotStorable;
import dev.holdfast.store.Body;
import dev.holdfast.store.BodyMemory;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The body of a response as it arrives, and the readers that follow it.
 *
 * <p>While it may still be stored it takes everything at full speed and keeps all of it. Once it
 * may not, what all readers have read is let go of, the fastest reader sets the pace, and a reader
 * that falls too far behind is cut off. A reader is as far as its connection is: what is on its way
 * there is not read yet. All state is guarded by this object's monitor; nothing is signalled while
 * it is held.
 */
final class Content {

  static final int MIN_SEGMENT_BYTES = 4 * 1024;
  static final int MAX_SEGMENT_BYTES = 128 * 1024;

  /**
   * How far the origin may be ahead of the fastest reader once nothing is stored, and memory for
   * that is granted.
   */
  static final int WINDOW_BYTES = 256 * 1024;

  /** There is no memory left to hold what the origin sends. */
  static final class NoMemory extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NoMemory() {
      super("no memory is left for the response's body", null, false, false);
    }
  }

  /** How it ended: whole, or with the reason why the rest will not come. */
  private record End(@Nullable String failure) {}

  private final BodyMemory memory;
  private final FillsWithoutCallers.Count withoutCallers;
  private long maxStoredBytes;
  private final Set<BodyReader> readers = new LinkedHashSet<>();
  private final List<Segment> segments = new ArrayList<>();

  /** The number of segments let go of, which were the first ones. */
  private int dropped;

  /** How many readers are behind the last segment, waiting for the next. */
  private int readersAtEnd;

  /** How many bytes the fastest reader is done with. */
  private long fastest;

  /** Whether what came last had to be held without memory being granted for it. */
  private boolean scarce;

  private long knownLength = -1;
  private long received;

  /** How many bytes readers may have: the last ones wait until the fill has ended. */
  private long visible;

  private boolean fetching;
  private boolean writing;
  private boolean unattended;
  private boolean begun;
  private boolean storing = true;
  private boolean closed;
  private boolean freed;

  /** Whether a piece could not be held. */
  private boolean exhausted;

  /** The whole of it, once made for the store; with a reference of its own once it is stored. */
  private @Nullable Body body;

  private boolean stored;
  private @Nullable End end;
  private Sinks.@Nullable Empty<Void> room;

  Content(BodyMemory memory, long maxStoredBytes, FillsWithoutCallers.Count withoutCallers) {
    this.memory = memory;
    this.withoutCallers = withoutCallers;
    this.maxStoredBytes = maxStoredBytes;
  }

  /** Lets a reader in, from the first byte on; {@code false} if that byte may be gone. */
  synchronized boolean attach(BodyReader reader) {
    boolean complete = storing && !freed && !closed;
    if (complete) {
      readers.add(reader);
      count(reader, 1);
      countIfUnattended();
    }
    return complete;
  }

  /** Sees to its being counted while the fetch runs for nobody, and only then. */
  private void countIfUnattended() {
    boolean now = fetching && !closed && end == null && readers.isEmpty();
    if (now != unattended) {
      unattended = now;
      withoutCallers.add(now ? 1 : -1);
    }
  }

  /**
   * The fetch begins: from now on it is worth something without readers.
   *
   * @return {@code false} if it was given up before
   */
  synchronized boolean fetching() {
    fetching = true;
    countIfUnattended();
    return !closed;
  }

  /**
   * Lets nobody in any more if nobody is there, so that the fetch can be given up.
   *
   * @param worthFinishing whether a fetch that has begun is worth something without readers
   * @return {@code false} if somebody is there, or the fetch is to be finished
   */
  synchronized boolean closeIfUnread(boolean worthFinishing) {
    closed |= readers.isEmpty() && !writing && !(fetching && worthFinishing);
    countIfUnattended();
    return closed;
  }

  /**
   * Gives the fetch up, whoever reads.
   *
   * @return {@code false} if all of it is there, and about to be written
   */
  synchronized boolean close() {
    closed |= !writing;
    countIfUnattended();
    return closed;
  }

  /**
   * All of it is there, and about to be written: it is not given up any more.
   *
   * @return {@code false} if it was given up before
   */
  synchronized boolean writing() {
    writing = !closed;
    return writing;
  }

  /** What the head's status allows; to be set before it is told. */
  synchronized void limit(long storedBytes) {
    maxStoredBytes = storedBytes;
  }

  /** The head has come. */
  synchronized void begin(boolean mayBeStored, long knownLengthBytes) {
    begun = true;
    storing = mayBeStored;
    knownLength = knownLengthBytes;
  }

  /**
   * Copies a piece; one that comes after the end is not taken.
   *
   * @return why the body is not stored any more, if it is this piece's doing
   * @throws NoMemory if the piece cannot be held at all, and so nothing more can
   */
  synchronized @Nullable NotStorable append(ByteBuf piece) {
    if (exhausted) {
      throw new NoMemory(); // what came after it would leave a gap
    }
    if (end != null || !piece.isReadable()) {
      return null;
    }
    int length = piece.readableBytes();
    NotStorable stopped =
        storing && received + length > maxStoredBytes ? NotStorable.TOO_LARGE : null;
    storing &= stopped == null;
    while (piece.isReadable()) {
      if (hasWritableSegment(piece.readableBytes())) {
        received += last().fillFrom(piece);
      } else if (storing) {
        stopped = NotStorable.IN_FLIGHT_MEMORY;
        storing = false;
      } else {
        exhausted = true;
        throw new NoMemory();
      }
    }
    boolean mayBeLast = received == knownLength;
    visible = mayBeLast ? Math.max(visible, received - length) : received;
    return stopped;
  }

  /** Sees to room for at least one byte; {@code false} if it is not to be had. */
  private boolean hasWritableSegment(int wanted) {
    if (!segments.isEmpty() && !last().isFull()) {
      return true;
    }
    long useful =
        knownLength >= 0
            ? knownLength - received
            : Math.max(Math.max(received, wanted), MIN_SEGMENT_BYTES);
    int capacity = (int) Math.min(Math.max(useful, wanted), MAX_SEGMENT_BYTES);
    Segment next = Segment.tryReserved(memory, capacity);
    if (next == null && !storing) {
      next = Segment.tryUnreserved(memory, Math.min(wanted, MAX_SEGMENT_BYTES));
    }
    if (next == null) {
      return false;
    }
    scarce = !next.isReserved();
    next.readers = readersAtEnd;
    readersAtEnd = 0;
    return segments.add(next);
  }

  private Segment last() {
    return segments.get(segments.size() - 1);
  }

  /** Completes when the origin may send more. */
  Mono<Void> room() {
    List<BodyReader> cutOff;
    Mono<Void> granted;
    synchronized (this) {
      cutOff = cutOffTheTooSlow();
      trimToSlowest();
      if (room == null && !hasRoom()) {
        room = Sinks.empty();
      }
      granted = room == null ? Mono.empty() : room.asMono();
    }
    cutOff.forEach(BodyReader::wake);
    return granted;
  }

  private boolean hasRoom() {
    // where no memory was granted, the origin may not be ahead by a byte
    return storing || visible - fastest < (scarce ? 1 : WINDOW_BYTES);
  }

  /** Cuts off who is too far behind the origin, and returns them to be told. */
  private List<BodyReader> cutOffTheTooSlow() {
    if (storing || end != null) {
      return List.of();
    }
    // where memory is refused, who sets the pace is let be, however far the origin is ahead
    long front = scarce ? fastest : received;
    long tolerated = scarce ? WINDOW_BYTES : maxStoredBytes + 2L * WINDOW_BYTES;
    List<BodyReader> tooSlow =
        readers.stream().filter(reader -> front - reader.released() > tolerated).toList();
    tooSlow.forEach(BodyReader::cutOff);
    tooSlow.forEach(this::remove); // its connection may take for ever to close
    return tooSlow;
  }

  /** Lets go of what everybody has taken, once nothing is stored. */
  private void trimToSlowest() {
    if (storing || end != null || readers.isEmpty()) {
      return;
    }
    while (!segments.isEmpty() && segments.get(0).readers == 0) {
      segments.remove(0).release();
      dropped++;
    }
  }

  private void remove(BodyReader reader) {
    if (!readers.remove(reader)) {
      return;
    }
    count(reader, -1);
    countIfUnattended();
    boolean setThePace = end == null && reader.released() == fastest;
    if (setThePace && readers.stream().noneMatch(other -> other.released() == fastest)) {
      fastest = readers.stream().mapToLong(BodyReader::released).max().orElse(0);
    }
  }

  /** Counts a reader in, or out of, the segment that it is in. */
  private void count(BodyReader reader, int by) {
    int segment = reader.segment() - dropped;
    if (segment < segments.size()) {
      segments.get(segment).readers += by;
    } else {
      readersAtEnd += by;
    }
  }

  /** The body without further growth and before its end, one reference for the caller. */
  synchronized Body toBody() {
    mustNotHaveEnded();
    if (!segments.isEmpty()) {
      last().trim();
    }
    Body whole = new Body(segments.stream().map(Segment::all).toList());
    body = whole;
    return whole;
  }

  /** The body is some bytes of another, in which they are stored. */
  synchronized void keptIn(Body whole) {
    mustNotHaveEnded();
    body = whole;
  }

  /**
   * The body is in the store, which counts its bytes from now on until the last reader here, too,
   * is done: their reservation is given back.
   */
  synchronized void stored() {
    mustNotHaveEnded();
    // what the store has let go of already is counted by it no more
    if (!stored && body != null && body.tryRetain()) {
      stored = true;
      segments.forEach(Segment::handOver);
    }
  }

  private void mustNotHaveEnded() {
    if (end != null) {
      throw new IllegalStateException("the body has ended, and its bytes may be gone");
    }
  }

  /** Nothing more comes: all is there, or {@code failure} says why not. */
  synchronized void end(@Nullable String failure) {
    end = new End(failure);
    countIfUnattended();
    visible = failure == null ? received : visible; // what failed is never seen whole
    freeIfUnread();
  }

  /** Lets a reader go; what only it needed is freed. */
  synchronized void leave(BodyReader reader) {
    remove(reader);
    trimToSlowest();
    freeIfUnread();
  }

  private void freeIfUnread() {
    if (end != null && readers.isEmpty() && !freed) {
      freed = true;
      segments.forEach(Segment::release);
      segments.clear();
      if (stored && body != null) {
        body.release();
      }
      body = null;
    }
  }

  /** A reader, or its connection, is done with that many bytes of what it took. */
  void released(BodyReader reader, int bytes) {
    Sinks.Empty<Void> granted;
    synchronized (this) {
      reader.released(bytes);
      if (readers.contains(reader)) {
        fastest = Math.max(fastest, reader.released());
      }
      granted = grantedRoom();
    }
    if (granted != null) {
      granted.tryEmitEmpty().orThrow();
    }
  }

  /** The reader's next step from where it is; moves it on. */
  synchronized BodyStep next(BodyReader reader) {
    if (reader.isCutOff()) {
      return new BodyStep.Aborted(new BodyAborted("the reader fell too far behind", true));
    }
    if (!readers.contains(reader)) {
      // its bytes may be gone, and it must not take what it has for the whole
      return new BodyStep.Aborted(new BodyAborted("the reader has left", false));
    }
    long available = visible - reader.position();
    if (available > 0) {
      int from = reader.segment() - dropped;
      Segment segment = segments.get(from);
      BodyStep piece = reader.advance(segment, available);
      if (reader.segment() - dropped != from) {
        segment.readers--;
        count(reader, 1);
        trimToSlowest();
      }
      return piece;
    }
    if (end == null) {
      return BodyStep.Wait.INSTANCE;
    }
    return end.failure() == null
        ? BodyStep.Done.INSTANCE
        : new BodyStep.Aborted(new BodyAborted(end.failure(), false));
  }

  private Sinks.@Nullable Empty<Void> grantedRoom() {
    if (room == null || !hasRoom()) {
      return null;
    }
    Sinks.Empty<Void> granted = room;
    room = null;
    return granted;
  }

  /** Tells every reader that there is something new. */
  void wakeReaders() {
    List<BodyReader> toWake;
    synchronized (this) {
      toWake = List.copyOf(readers);
    }
    toWake.forEach(BodyReader::wake);
  }

  /** Whether nothing but the end is left for the reader. */
  synchronized boolean isAtEnd(BodyReader reader) {
    return reader.isCutOff() || (end != null && reader.position() == visible);
  }

  /** Whether the fetch is given up, or about to be. */
  synchronized boolean isClosed() {
    return closed;
  }

  synchronized int readerCount() {
    return readers.size();
  }

  synchronized long received() {
    return received;
  }

  /** Whether the head has come. */
  synchronized boolean hasBegun() {
    return begun;
  }

  /** Whether everything so far is kept for storing. */
  synchronized boolean isStoring() {
    return storing;
  }
}
