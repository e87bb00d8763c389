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
import java.util.Objects;
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

  /** The field that tells which fetch spoke last about caching. */
  static final String SAYS = "X-Says";

  static final int NEVER = -1;
  private static final int MAX_PIECE_BYTES = 64 * 1024;

  final int id;
  final String target;
  final Caller starter;

  /** Whether whoever asks alike may join it, as far as its start goes. */
  final boolean joinable;

  /** Whether nobody may wait for it but who started it: its credentials may be all it is for. */
  final boolean alone;

  private final World world;
  private final Receiver fill;
  private final Consumer<Fetch> letIn;

  int begunAt = NEVER;

  /** What was invalidated before is not about it; later than it began if it did that itself. */
  private int countsFrom = NEVER;

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
  private @Nullable Throwable failure;
  private int failedAt = NEVER;
  private int attachedBefore;

  /**
   * @param letIn told when it begins
   */
  Fetch(
      World world,
      int id,
      Caller starter,
      boolean joinable,
      boolean alone,
      Receiver fill,
      Consumer<Fetch> letIn) {
    this.letIn = letIn;
    this.world = world;
    this.id = id;
    this.target = starter.target;
    this.starter = starter;
    this.joinable = joinable;
    this.alone = alone;
    this.fill = fill;
  }

  /** The byte of a fetch's body at that place. */
  static byte byteAt(int fetch, int place) {
    return (byte) (fetch * 17 + place * 31 + (place >> 8));
  }

  @Override
  public boolean begun() {
    begunAt = world.nextMoment();
    countsFrom = begunAt;
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
    if (asking().isUnsafe() && head.status() < 400) {
      invalidate(); // as the fill is about to, before all else
    }
    fill.head(head);
  }

  /** What it has changed is unusable, but for what it brings itself. */
  private void invalidate() {
    boolean alone = !world.purgedSince(begunAt, any -> true);
    for (Reply.Named named : said().named()) {
      if (!named.target().isEmpty()) {
        world.invalidated(named.target(), this);
      }
    }
    world.invalidated(target, this);
    if (alone) {
      countsFrom = world.nextMoment();
    }
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
    connection().head(with.head(id, !asking().isForTheHead()));
  }

  /** Whether the head has come, and not all of the body. */
  boolean hasMoreToSend() {
    Reply said = reply;
    boolean hasBody = !asking().isForTheHead();
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

  /** What it was answered, which has come. */
  Reply said() {
    return Objects.requireNonNull(reply, "no head has come");
  }

  /** The tags that its answer has, as far as that has come. */
  Set<String> tags() {
    return reply == null ? Set.of() : reply.tags();
  }

  Asking asking() {
    return connection == null ? starter.asking : starter.asking.sentAs(connection.request());
  }

  /** Whether what it brought goes by a reading from before that moment. */
  boolean countsBefore(int moment) {
    return countsFrom < moment;
  }

  boolean beganBefore(Fetch other) {
    return countsFrom != NEVER && countsFrom < other.countsFrom;
  }

  /** Whether it asks about what is stored. */
  boolean isValidating() {
    return connection != null && !asked().isEmpty() && !asking().isSentAsItIs();
  }

  /** The tag that it asks about, or empty. */
  String asked() {
    String tag = connection().request().fields().first("If-None-Match");
    return tag == null ? "" : tag;
  }

  void mark(Phase phase) {
    marked = phase;
  }

  /** It is whole, and its end verified. */
  void arrived() {
    whole = true;
    marked = Phase.ARRIVED;
  }

  /** Of what it failed, or {@code null}. */
  @Nullable Throwable failure() {
    return failure;
  }

  void failed(Throwable of) {
    failure = of;
    boolean mayHaveArrived = OriginFailure.of(of).mayHaveArrived();
    if (asking().isUnsafe() && reply == null && begunAt != NEVER && mayHaveArrived) {
      world.invalidated(target, this);
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
    if (asking().isUnsafe() && unknown) {
      world.invalidated(target, this);
    }
    outcome = how;
    endedAt = world.nextMoment();
  }

  boolean endedBefore(Caller caller) {
    return endedAt != NEVER && endedAt < caller.cameAt;
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
    boolean there =
        isStored() || outcome instanceof FillOutcome.Revalidated || hasComparedItsHead();
    return there && alike && this != other && target.equals(other.target);
  }

  /** Whether what is stored was compared with its head, and is renewed, or stored no more. */
  boolean hasComparedItsHead() {
    return asking().isForTheHead() && writtenAt != NEVER && said().status() == 200;
  }

  /** Whether its head was there to be compared, even if it was given up in the midst of that. */
  boolean mayHaveComparedItsHeadWith(Fetch other) {
    return asking().isForTheHead() && whole && target.equals(other.target);
  }

  /** Whether the origin has said that what is stored may still be used. */
  boolean isConfirming() {
    return reply != null && reply.isNotModified();
  }

  /** How many callers are attached. */
  int attached() {
    return seen().callers();
  }

  /** Whether it has begun, goes on, and nobody waits for it. */
  boolean runsForNobody() {
    return isRunning() && begunAt != NEVER && attached() == 0;
  }

  /** Whether it is about to end, and may be counted no more. */
  boolean isEnding() {
    return marked == Phase.ENDING;
  }

  /** Whether it was for nobody from its start. */
  boolean isBackground() {
    return TestFills.isBackground(fill);
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
        : hasStorableHead() && delivered <= Terms.MAX_STORED_BYTES;
  }

  /** Whether its head has come, and allows that it is stored. */
  boolean hasStorableHead() {
    return reply != null && reply.isStorable(asking(), target, tookMillis());
  }

  boolean varies() {
    return reply != null && reply.varies();
  }

  /** Whether callers may have it that did not start it, if it is of their variant. */
  boolean isShareable() {
    Reply said = reply;
    return said != null
        && (said.isNotModified() || said.isShareable(asking(), target, tookMillis()));
  }

  /** Whether it is an error that answers whoever waits for it. */
  boolean isSharedError() {
    return isShareable() && said().status() >= 500;
  }

  /** Whether it was answered with an error that a stale response may stand in for. */
  boolean isError() {
    return reply != null && reply.isError();
  }

  /** Whether others that ask plainly may join it still, as far as its head goes. */
  boolean isUsable() {
    Reply said = reply;
    return said == null || said.isUsable(asking(), target, world.millis() - sentMillis);
  }

  /** Whether a caller may have waited for it, and had to decide again. */
  boolean wasInVainFor(Caller caller) {
    Reply said = reply;
    // a 304 can be joined until it has ended
    boolean seen = isConfirming() ? endedAt > caller.cameAt || isRunning() : headAt > caller.cameAt;
    return seen
        && target.equals(caller.target)
        && said != null
        && (said.isNotModified()
            || !isShareable()
            || !said.isFresh(world.millis() - sentMillis)
            || (said.varies() && !asking().language().equals(caller.asking.language())));
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

  /** Whether an invalidation since its beginning may be about it. */
  boolean isOvertaken() {
    return begunAt != NEVER
        && (world.mergedSince(mergesAtBegin)
            || world.purgedSince(countsFrom, purge -> purge.mayCover(target)));
  }

  @Override
  public String toString() {
    return "fetch " + id + " of " + target;
  }
}
