package dev.holdfast.simulation;

import dev.holdfast.fill.BodyAborted;
import dev.holdfast.http.CacheStatus;
import dev.holdfast.http.Part;
import dev.holdfast.service.Answer;
import dev.holdfast.service.ProblemType;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One caller: what it asks, how it reads, and what it has got. */
final class Caller {

  /** How a caller reads. */
  enum Pace {
    /** As fast as it can. */
    EAGER,
    /** A piece whenever the schedule says so. */
    SLOW,
    /** Never. */
    SILENT
  }

  final int id;
  final Asking asking;
  final String target;
  final Pace pace;
  final Loop loop;
  final int cameAt;
  final long cameMillis;
  final long mergesAsItCame;
  private final World world;
  private final Deque<ByteBuf> held = new ArrayDeque<>();
  private Disposable answering = Disposables.disposed();
  private Sinks.@Nullable Empty<Void> taken;

  /** How many bytes it was handed, and how many of them it has read. */
  int given;

  private int read;
  private @Nullable Answer answer;
  private @Nullable Kept kept;

  /** What it was given of the body, if not all. */
  private @Nullable Part part;

  private boolean hit;
  private boolean notModified;
  private boolean ended;
  private boolean gone;
  private boolean decided;
  private boolean tooSlow;

  Caller(World world, int id, Asking asking, String target, Pace pace) {
    this.world = world;
    this.id = id;
    this.asking = asking;
    this.target = target;
    this.pace = pace;
    this.loop = new Loop(world::overtaken);
    this.cameAt = world.nextMoment();
    this.cameMillis = world.millis();
    this.mergesAsItCame = world.store().mergedMarks(Terms.CACHE);
  }

  void ask() {
    answering =
        world.answer(this, this::write).subscribe(nothing -> {}, this::failed, this::completed);
    decided = true;
  }

  private Mono<Void> write(Answer known) {
    world.verdicts().unless(answer == null, "answered twice", this);
    answer = known;
    if (!(known instanceof Answer.Response response)) {
      world.callerLaws().refused(this, (Answer.Problem) known);
      return Mono.empty();
    }
    kept = Kept.of(world, response.head());
    notModified = response.head().status() == 304;
    part = response.head().part().orElse(null);
    read = (int) offset();
    hit = isFromTheStore(response);
    world.callerLaws().answered(this, response);
    return response
        .body()
        .doOnEach(
            signal -> world.verdicts().unless(!gone, "law 5: told after it left", this, signal))
        .concatMap(this::take, 0)
        .then()
        .onErrorResume(BodyAborted.class, aborted -> closed(aborted).then(Mono.error(aborted)));
  }

  /** Whether a fetch has not brought it: it is a hit, stale in place of an error, or confirmed. */
  private static boolean isFromTheStore(Answer.Response response) {
    CacheStatus how = response.cacheStatus();
    boolean confirmed = Objects.equals(how.forwardStatus(), 304);
    return response.age() != null && (how.ttlSeconds() != null || confirmed);
  }

  /** The connection is closed: behind what was written to it so far, or at once. */
  private Mono<Void> closed(BodyAborted aborted) {
    if (aborted.isTooSlow()) {
      tooSlow = true;
      drop();
    }
    if (held.isEmpty()) {
      return Mono.empty();
    }
    Sinks.Empty<Void> sink = Sinks.empty();
    taken = sink;
    return sink.asMono();
  }

  private Mono<Void> take(ByteBuf piece) {
    given += piece.readableBytes();
    held.add(piece);
    if (pace == Pace.EAGER) {
      readHeld();
      return Mono.empty();
    }
    Sinks.Empty<Void> sink = Sinks.empty();
    taken = sink;
    return sink.asMono();
  }

  /** Reads what it was handed, and asks for more. */
  void readOn() {
    readHeld();
    Sinks.Empty<Void> sink = Objects.requireNonNull(taken);
    taken = null;
    sink.tryEmitEmpty().orThrow();
  }

  boolean hasMoreToRead() {
    return taken != null && !gone;
  }

  int heldPieces() {
    return held.size();
  }

  private void readHeld() {
    for (ByteBuf piece = held.poll(); piece != null; piece = held.poll()) {
      read = world.callerLaws().read(this, read, piece);
      piece.release();
    }
  }

  private void failed(Throwable failure) {
    ended = true;
    if (failure instanceof BodyAborted aborted) {
      world.callerLaws().aborted(this, aborted);
    } else {
      world.verdicts().unless(false, "law 5: fails", this, failure);
    }
  }

  private void completed() {
    ended = true;
    world.verdicts().unless(answer != null, "law 5: ends without an answer", this);
    if (answer instanceof Answer.Response && !getsNoBody()) {
      world.callerLaws().completed(this);
    }
  }

  /** It goes, and drops what it has not read. */
  void disconnect() {
    gone = true;
    answering.dispose();
    drop();
  }

  private void drop() {
    held.forEach(ByteBuf::release);
    held.clear();
  }

  /** Whether it was told of that error. */
  boolean wasTold(ProblemType type) {
    return answer instanceof Answer.Problem problem && problem.type() == type;
  }

  /** Whether it still waits, or reads. */
  boolean isThere() {
    return !gone && !ended;
  }

  /** Whether it has had its first decision. */
  boolean isDecided() {
    return decided;
  }

  boolean isGone() {
    return gone;
  }

  boolean wasTooSlow() {
    return tooSlow;
  }

  boolean isWaiting() {
    return isThere() && answer == null;
  }

  /** Whether it follows the body of that fetch as it comes. */
  boolean follows(Fetch fetch) {
    return isThere() && !hit && answer != null && body() == fetch;
  }

  /** Whether it was answered from the store. */
  boolean isHit() {
    return hit;
  }

  /** What it was answered. */
  Kept kept() {
    return Objects.requireNonNull(kept);
  }

  /** The fetch that its body is from. */
  Fetch body() {
    return kept().body();
  }

  /** Whether it was given a part of the body, and knows. */
  boolean hasAPart() {
    return part != null;
  }

  /** How many bytes of that fetch's body come before what it is given. */
  private long offset() {
    return part == null ? 0 : part.range().first();
  }

  /** How many bytes it is given where so many have come. */
  long due(long come) {
    return part == null ? come : Math.max(0, Math.min(part.range().length(), come - offset()));
  }

  /** Whether its answer has no body, whatever it is an answer about. */
  boolean getsNoBody() {
    return asking.isForTheHead() || notModified;
  }

  /** Whether it may have to wait longer. */
  boolean isPatient() {
    return world.millis() - cameMillis < world.terms().patience().toMillis();
  }

  @Override
  public String toString() {
    return "caller " + id + " (" + asking + " " + target + ")";
  }
}
