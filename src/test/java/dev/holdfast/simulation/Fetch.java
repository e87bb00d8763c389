package dev.holdfast.simulation;

import dev.holdfast.fill.FillOutcome;
import dev.holdfast.fill.RunningFill;
import dev.holdfast.fill.TestFills;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.origin.PlayedConnection;
import dev.holdfast.origin.Receiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One fetch: what the origin does of it, and what is known of the fill that it is for. */
final class Fetch implements Receiver {

  /** The field that tells which fetch brought a body. */
  static final String BODY = "X-Body";

  /** The field that tells which fetch spoke last. */
  static final String SAID = "X-Said";

  static final int NEVER = -1;
  private static final int MAX_PIECE_BYTES = 64 * 1024;

  final int id;
  final String target;
  final Caller starter;

  /** Whether whoever asks alike may join it, as far as its start goes. */
  final boolean joinable;

  private final World world;
  private final Receiver fill;
  private final Consumer<Fetch> letIn;

  int begunAt = NEVER;
  long mergesAtBegin;
  int sentAt = NEVER;
  long sentMillis;
  int writtenAt = NEVER;
  private int headAt = NEVER;
  private int endedAt = NEVER;
  long headMillis;

  /** How many bytes the origin has sent, and how many of them have reached the fill. */
  int emitted;

  int delivered;
  boolean whole;
  private @Nullable PlayedConnection connection;
  private @Nullable Reply reply;
  private @Nullable FillOutcome outcome;
  private @Nullable Phase marked;
  private boolean broken;
  private int failedAt = NEVER;
  private int attachedBefore;

  /**
   * @param letIn told when it begins
   */
  Fetch(
      World world, int id, Caller starter, boolean joinable, Receiver fill, Consumer<Fetch> letIn) {
    this.letIn = letIn;
    this.world = world;
    this.id = id;
    this.target = starter.target;
    this.starter = starter;
    this.joinable = joinable;
    this.fill = fill;
  }

  /** The byte of a fetch's body at that place. */
  static byte byteAt(int fetch, int place) {
    return (byte) (fetch * 17 + place * 31 + (place >> 8));
  }

  @Override
  public boolean begun() {
    begunAt = world.nextMoment();
    mergesAtBegin = world.store().mergedMarks(Terms.CACHE);
    marked = Phase.BEGINNING;
    letIn.accept(this);
    return fill.begun();
  }

  void sent(PlayedConnection to) {
    connection = to;
    sentAt = world.nextMoment();
    sentMillis = world.millis();
    marked = null;
  }

  @Override
  public void head(ResponseHead head) {
    if (asking() == Asking.UNSAFE && head.status() < 400) {
      world.invalidated(target); // as the fill is about to, before all else
    }
    fill.head(head);
  }

  @Override
  public Mono<Void> piece(ByteBuf piece) {
    delivered += piece.readableBytes();
    return fill.piece(piece);
  }

  @Override
  public boolean isUnderTotalDeadline() {
    return fill.isUnderTotalDeadline();
  }

  void answer(Reply with) {
    reply = with;
    headAt = world.nextMoment();
    headMillis = world.millis();
    connection().head(headOf(with));
  }

  /** What a 200 to a {@code HEAD} says of that which is stored is not played. */
  private ResponseHead headOf(Reply with) {
    ResponseHead head = with.head(id);
    return asking() == Asking.FOR_THE_HEAD && head.status() == 200
        ? new ResponseHead(203, head.reason(), head.fields(), head.version())
        : head;
  }

  /** Whether the head has come, and not all of the body. */
  boolean hasMoreToSend() {
    Reply said = reply;
    boolean hasBody = asking() != Asking.FOR_THE_HEAD;
    return said != null && !said.isNotModified() && hasBody && emitted < said.length();
  }

  /** The next bytes come, in pieces as a socket gives them. */
  void emit(int length) {
    for (int left = length; left > 0; left -= MAX_PIECE_BYTES) {
      piece(Math.min(left, MAX_PIECE_BYTES));
    }
  }

  private void piece(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = byteAt(id, emitted + i);
    }
    emitted += length;
    connection().piece(Unpooled.wrappedBuffer(bytes));
  }

  void breakOff() {
    broken = true;
    connection().breakOff();
  }

  /** Whether the origin broke its answer off. */
  boolean isBroken() {
    return broken;
  }

  PlayedConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("not sent");
    }
    return connection;
  }

  boolean isSent() {
    return connection != null;
  }

  /** Whether the origin can still do something of it. */
  boolean isPlaying() {
    return connection != null && !connection.isOver();
  }

  @Nullable Reply reply() {
    return reply;
  }

  /** The tags that its answer has, as far as that has come. */
  Set<String> tags() {
    return reply == null ? Set.of() : reply.tags();
  }

  Asking asking() {
    return starter.asking;
  }

  boolean beganBefore(Fetch other) {
    return begunAt != NEVER && begunAt < other.begunAt;
  }

  /** Whether it asks about what is stored. */
  boolean isValidating() {
    return connection != null && connection.request().fields().contains("If-None-Match");
  }

  void mark(Phase phase) {
    marked = phase;
  }

  /** It is whole, and its end verified. */
  void arrived() {
    whole = true;
    marked = Phase.ARRIVED;
  }

  void failed(Throwable failure) {
    boolean mayHaveArrived = OriginFailure.of(failure).mayHaveArrived();
    if (asking() == Asking.UNSAFE && reply == null && begunAt != NEVER && mayHaveArrived) {
      world.invalidated(target);
    }
    failedAt = world.nextMoment();
    marked = Phase.ENDING;
  }

  boolean hasFailedSince(int since) {
    return failedAt > since;
  }

  /** From now on it may be written. */
  void writing() {
    writtenAt = world.nextMoment();
    marked = Phase.ENDING;
  }

  void ended(FillOutcome how) {
    boolean unknown =
        reply == null
            && begunAt != NEVER
            && failedAt == NEVER
            && !(how instanceof FillOutcome.Failed failed && !failed.failure().mayHaveArrived());
    if (asking() == Asking.UNSAFE && unknown) {
      world.invalidated(target);
    }
    outcome = how;
    endedAt = world.nextMoment();
  }

  @Nullable FillOutcome outcome() {
    return outcome;
  }

  boolean isRunning() {
    return outcome == null;
  }

  boolean isStored() {
    return outcome instanceof FillOutcome.Stored;
  }

  /**
   * Whether it is stored, or has confirmed what is, and may answer a request that the other does.
   */
  boolean hasTakenThePlaceOf(Fetch other) {
    boolean alike =
        isConfirming() // what varies as it did when it was stored
            || other.isConfirming()
            || !varies()
            || !other.varies()
            || asking().language().equals(other.asking().language());
    boolean there = isStored() || outcome instanceof FillOutcome.Revalidated;
    return there && alike && this != other && target.equals(other.target);
  }

  /** Whether the origin has said that what is stored may still be used. */
  boolean isConfirming() {
    return reply != null && reply.isNotModified();
  }

  /** How many callers are attached. */
  int attached() {
    return seen().callers();
  }

  void countAttached() {
    attachedBefore = attached();
  }

  /** Whether somebody has left since they were counted. */
  boolean hasLessAttached() {
    return attached() < attachedBefore;
  }

  private RunningFill seen() {
    return TestFills.seen(fill);
  }

  /** Whether the body comes, and is not stored. */
  boolean isPassing() {
    return seen().state().equals("passing");
  }

  /** Whether the body is being kept for the store. */
  boolean isKept() {
    return seen().state().equals("storing");
  }

  /** Whether, as far as it has come, the laws want it stored. */
  boolean isStorable() {
    Reply said = reply;
    return said == null
        ? asking().couldStore()
        : said.isStorable(asking(), tookMillis()) && delivered <= Terms.MAX_STORED_BYTES;
  }

  boolean varies() {
    return reply != null && reply.varies();
  }

  /** Whether a caller may have it that did not start it. */
  boolean isFor(Caller caller) {
    Reply said = reply;
    return said != null
        && (said.isNotModified() || said.isShareable(asking(), tookMillis()))
        && isOfTheVariant(said, caller);
  }

  /** Whether a caller may have it that did not start it, once the origin has confirmed it. */
  boolean isConfirmedFor(Caller caller) {
    Reply said = reply;
    return said != null && said.isStorable(asking(), tookMillis()) && isOfTheVariant(said, caller);
  }

  private boolean isOfTheVariant(Reply said, Caller caller) {
    return !said.varies() || asking().language().equals(caller.asking.language());
  }

  /** Whether a caller may have waited for it, and had to decide again. */
  boolean wasInVainFor(Caller caller) {
    Reply said = reply;
    // a 304 can be joined until it has ended
    boolean seen = isConfirming() ? endedAt > caller.cameAt || isRunning() : headAt > caller.cameAt;
    return seen
        && target.equals(caller.target)
        && said != null
        && (said.isNotModified() || !isFor(caller));
  }

  private long tookMillis() {
    return headMillis - sentMillis;
  }

  Phase phase() {
    if (outcome != null) {
      return Phase.ENDED;
    }
    if (marked != null) {
      return marked;
    }
    RunningFill seen = seen();
    boolean alone = seen.callers() == 0;
    return switch (seen.state()) {
      case "queued" -> Phase.QUEUED;
      case "waiting" -> waiting(alone);
      case "storing" -> storing(alone);
      default -> Phase.PASSING;
    };
  }

  private Phase waiting(boolean alone) {
    if (alone) {
      return Phase.WAITING_ALONE;
    }
    if (isOvertaken()) {
      return Phase.WAITING_OVERTAKEN;
    }
    return isValidating() ? Phase.VALIDATING : Phase.WAITING;
  }

  private Phase storing(boolean alone) {
    if (alone) {
      return Phase.STORING_ALONE;
    }
    return isOvertaken() ? Phase.STORING_OVERTAKEN : Phase.STORING;
  }

  /** Whether its head has come, and is fresh no more. */
  boolean hasBecomeStale() {
    Reply said = reply;
    return said != null
        && !said.isNotModified()
        && world.millis() >= sentMillis + said.maxAge() * 1000L;
  }

  /** Whether an invalidation since its beginning may be about it. */
  boolean isOvertaken() {
    return begunAt != NEVER
        && (world.mergedSince(mergesAtBegin)
            || world.purgedSince(begunAt, purge -> purge.mayCover(target)));
  }

  @Override
  public String toString() {
    return "fetch " + id + " of " + target;
  }
}
