package dev.holdfast.simulation;

import dev.holdfast.fill.BodyAborted;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.http.Tags;
import dev.holdfast.service.Answer;
import dev.holdfast.service.RequestObserver.Left;
import io.netty.buffer.ByteBuf;
import java.util.Set;

/** What callers may be told, and have to be (laws 1, 2, 5 and 7). */
final class LawsOfCallers {

  private final World world;
  private final LawsOfFetches fetches;
  private final LawsOfAnswers answers;
  private final Verdicts verdicts;

  LawsOfCallers(World world, LawsOfFetches fetches, Verdicts verdicts) {
    this.world = world;
    this.fetches = fetches;
    this.answers = new LawsOfAnswers(world, verdicts);
    this.verdicts = verdicts;
  }

  /** A caller has the head of a response. */
  void answered(Caller caller, Answer.Response response) {
    Fetch body = caller.body();
    Fetch said = caller.kept().said();
    Set<String> tags = Tags.of(response.head().fields());
    for (Purge purge : world.purges()) {
      boolean right = purge.moment() > caller.cameAt || !purge.makesOld(body, said, tags);
      verdicts.unless(right, "law 2: told what was invalidated", caller, purge, body, said);
    }
    verdicts.unless(body.target.equals(caller.target), "law 7: another target's", caller, body);
    if (caller.isHit()) {
      boolean whole = body.whole && (said.whole || said.asking().isForTheHead());
      verdicts.unless(whole, "law 7: hits a part", caller, body, said);
    }
    answers.answered(caller, response);
    boolean whole = body.said().isWholeWithHead() && !caller.getsNoBody();
    if (whole && !body.hasFailedSince(Fetch.NEVER)) {
      read(caller, body);
    }
  }

  /** A caller has the whole response: it is to be found in the store, if it is to be stored. */
  private void read(Caller caller, Fetch fetch) {
    boolean storable = fetch.isStorable() && !fetch.isError() && !world.terms().scarce();
    if (storable && caller.asking.isPlain() && isToBeFound(fetch)) {
      StoredResponse found = world.stored(caller.target, fetch.asking());
      verdicts.unless(found != null, "law 1: read, and not stored", caller, fetch);
    }
  }

  /** A caller was told of an error. */
  void refused(Caller caller, Answer.Problem problem) {
    Terms terms = world.terms();
    boolean hasBeenPatient = !caller.isPatient();
    boolean right =
        switch (problem.type()) {
          case CALLER_TIMEOUT -> !caller.asking.isUnsafe() && hasBeenPatient;
          case ONLY_IF_CACHED -> true; // which is looked at below
          case OVERLOADED ->
              hasBeenPatient || terms.mayRefuse() || world.waitingCallers() == terms.maxWaiting();
          case CIRCUIT_OPEN -> terms.breaker();
          case ORIGIN_FAILED, FETCH_TIMEOUT -> hasSeenFailure(caller);
          default -> false;
        };
    verdicts.unless(right, "law 5: refused", caller, problem.type());
    answers.refused(caller, problem.type());
  }

  private boolean hasSeenFailure(Caller caller) {
    return world.fetches().stream()
        .anyMatch(
            fetch -> fetch.target.equals(caller.target) && fetch.hasFailedSince(caller.cameAt));
  }

  /** A caller reads what it was handed; returns its place behind that. */
  int read(Caller caller, int from, ByteBuf piece) {
    byte[] bytes = new byte[piece.readableBytes()];
    piece.getBytes(piece.readerIndex(), bytes);
    boolean right = true;
    for (int i = 0; i < bytes.length; i++) {
      right &= bytes[i] == Fetch.byteAt(caller.body().id, from + i);
    }
    verdicts.unless(right, "law 7: other bytes than were sent", caller, caller.body());
    return from + bytes.length;
  }

  /** A caller was told that it has the whole response. */
  void completed(Caller caller) {
    Fetch fetch = caller.body();
    boolean whole = caller.given == caller.due(fetch.emitted) && (fetch.whole || caller.hasAPart());
    verdicts.unless(whole, "law 7: takes a part for the whole", caller, fetch);
    read(caller, fetch);
  }

  /** Whether a response that was stored has to be there still, and nothing takes its place now. */
  private boolean isToBeFound(Fetch fetch) {
    boolean replaced =
        fetches.hasLater(fetch)
            || world
                .running()
                .anyMatch(
                    other -> other.target.equals(fetch.target) && other.phase() == Phase.WRITING);
    boolean gone =
        world.terms().isStoreSmall()
            || world.evictedSince(fetch.writtenAt)
            || world.mergedSince(fetch.mergesAtBegin)
            || world.purgedSince(
                fetch.begunAt, purge -> !purge.isSoft() && purge.mayCover(fetch.target));
    return !replaced && !gone && fetch.isUsable();
  }

  /** A caller was told that the rest will not come. */
  void aborted(Caller caller, BodyAborted how) {
    Fetch fetch = caller.body();
    Reply reply = fetch.reply();
    boolean right =
        how.isTooSlow()
            ? !fetch.isKept() && fetch.emitted - caller.given > Terms.MAX_STORED_BYTES
            : fetch.hasFailedSince(Fetch.NEVER);
    boolean looksWhole =
        reply != null && reply.known() && caller.given > 0 && caller.given == reply.length();
    verdicts.unless(right && !caller.isHit(), "law 5: cut off", caller, fetch, how);
    verdicts.unless(!looksWhole, "law 7: has all bytes of what broke off", caller, fetch);
  }

  /** All loops have turned: whoever is still there is served as far as it can be. */
  void settled() {
    for (Caller caller : world.callers()) {
      if (caller.isWaiting()) {
        boolean right = caller.isPatient() || caller.asking.isUnsafe();
        verdicts.unless(right, "law 5: waits for longer than its patience", caller);
        boolean hope = world.running().anyMatch(fetch -> mayStillAnswer(fetch, caller));
        verdicts.unless(hope, "law 5: waits for nothing", caller);
      } else if (caller.isThere() && caller.pace == Caller.Pace.EAGER) {
        follows(caller, caller.body());
      }
    }
  }

  /** Everything has ended: whoever left is counted, once. */
  void ended() {
    long gone = world.callers().stream().filter(Caller::isGone).count();
    long tooSlow = world.callers().stream().filter(Caller::wasTooSlow).count();
    verdicts.unless(world.left(Left.DISCONNECT) == gone, "disconnects are miscounted", gone);
    verdicts.unless(world.left(Left.TOO_SLOW) == tooSlow, "slow ones are miscounted", tooSlow);
  }

  private static boolean mayStillAnswer(Fetch fetch, Caller caller) {
    Reply reply = fetch.reply();
    return fetch.target.equals(caller.target)
        && (reply == null || reply.isWholeWithHead() || caller.asking.isForTheHead());
  }

  /** Who reads as fast as it can has all that has come, but for what completes the body. */
  private void follows(Caller caller, Fetch fetch) {
    Reply reply = fetch.reply();
    boolean heldBack = reply != null && reply.known() && fetch.delivered == reply.length();
    boolean hasAll = caller.given == caller.due(fetch.delivered) || heldBack;
    verdicts.unless(hasAll, "law 5: has less than has come", caller, caller.given, fetch);
    verdicts.unless(fetch.isRunning(), "law 5: is not told of the end", caller, fetch);
  }
}
