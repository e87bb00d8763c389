package dev.holdfast.simulation;

import dev.holdfast.service.ProblemType;
import dev.holdfast.store.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that can happen, each noted in the trace and in what has been met. */
final class Doings {

  private final World world;
  private final Met met;
  private final Trace trace;
  private int depth;

  Doings(World world, Met met, Trace trace) {
    this.world = world;
    this.met = met;
    this.trace = trace;
  }

  /** Something happens in the midst of something else. */
  void inBetween(Runnable doing) {
    depth++;
    doing.run();
    depth--;
  }

  int depth() {
    return depth;
  }

  void say(Object... words) {
    trace.add(depth, world.millis(), words);
  }

  // ---- callers

  void come(Asking asking, String target, Caller.Pace pace) {
    world
        .running()
        .filter(fetch -> fetch.target.equals(target))
        .forEach(fetch -> met.happens(relation(asking, fetch), fetch));
    say("caller", world.callers().size(), "comes:", asking, target, pace);
    world.come(asking, target, pace);
  }

  private static Event relation(Asking asking, Fetch fetch) {
    if (!asking.isPlain() || !fetch.asking().isPlain()) {
      return Event.APART_ASKED;
    }
    return asking.language().equals(fetch.asking().language())
        ? Event.SAME_ASKED
        : Event.VARIANT_ASKED;
  }

  /** A caller's loop does the next of its tasks. */
  void turn(Caller caller) {
    say("caller", caller.id, "has its loop turn");
    boolean waits = caller.isWaiting();
    Map<Fetch, Phase> attended = attended(caller.target);
    world.act(caller, caller.loop.next());
    boolean inLine = caller.wasTold(ProblemType.OVERLOADED); // told later than at once
    if (waits && (inLine || caller.wasTold(ProblemType.CALLER_TIMEOUT))) {
      left(attended, Event.CALLER_TIMEOUT);
    }
  }

  void readOn(Caller caller) {
    say("caller", caller.id, "reads on");
    if (caller.follows(caller.body())) {
      met.happens(Event.READ_ON, caller.body());
    }
    world.act(caller, caller::readOn);
  }

  void disconnect(Caller caller) {
    say("caller", caller.id, "disconnects");
    Map<Fetch, Phase> attended = attended(caller.target);
    world.act(caller, caller::disconnect);
    left(attended, Event.DISCONNECT);
  }

  /** The fetches of the target that somebody is attached to, by their phase. */
  private Map<Fetch, Phase> attended(String target) {
    Map<Fetch, Phase> attended = new LinkedHashMap<>();
    world
        .running()
        .filter(fetch -> fetch.target.equals(target) && fetch.attached() > 0)
        .forEach(fetch -> attended.put(fetch, fetch.phase()));
    attended.keySet().forEach(Fetch::countAttached);
    return attended;
  }

  /** A caller has left one of them. */
  private void left(Map<Fetch, Phase> attended, Event how) {
    attended.forEach(
        (fetch, phase) -> {
          if (fetch.hasLessAttached()) {
            met.happens(how, phase);
          }
        });
  }

  // ---- the origin

  /** The origin's loop does the next of its tasks. */
  void turnOrigin() {
    say("the origin's loop turns");
    world.play(world.originLoop().next());
  }

  void head(Fetch fetch, Reply reply) {
    say(fetch, reply);
    met.happens(kind(reply, fetch), fetch);
    world.play(() -> fetch.answer(reply));
  }

  private static Event kind(Reply reply, Fetch fetch) {
    if (!reply.isNotModified()) {
      return reply.isError() ? Event.ERROR : Event.HEAD;
    }
    boolean ofWhatWasAskedAbout = reply.etag().isEmpty() || fetch.asked().contains(reply.etag());
    return ofWhatWasAskedAbout ? Event.NOT_MODIFIED : Event.NOT_MODIFIED_OF_ANOTHER;
  }

  void piece(Fetch fetch, int length) {
    say(fetch, length, "bytes");
    met.happens(Event.PIECE, fetch);
    world.play(() -> fetch.emit(length));
  }

  void complete(Fetch fetch) {
    say(fetch, "is whole");
    met.happens(Event.WHOLE, fetch);
    world.play(fetch.connection()::complete);
  }

  void breakOff(Fetch fetch) {
    say(fetch, "breaks off");
    met.happens(Event.BREAK, fetch);
    world.play(fetch::breakOff);
  }

  // ---- invalidation, eviction, time

  void purge(Event form, Scope scope) {
    say(form, scope);
    Purge purge = new Purge(world.nextMoment(), scope, null);
    world
        .running()
        .forEach(
            fetch ->
                met.happens(purge.mayCover(fetch.target) ? form : Event.PURGE_ELSEWHERE, fetch));
    if (world.running().anyMatch(fetch -> fetch.isSent() && purge.mayCover(fetch.target))) {
      met.purgeOverlaps();
    }
    if (form == Event.SOFT_PURGE) {
      world.soften(scope);
    } else {
      world.purge(scope, form == Event.EVICT || form == Event.CLEAR);
    }
  }

  void evict() {
    say("all is evicted");
    world.running().forEach(fetch -> met.happens(Event.EVICTION, fetch));
    world.evict();
  }

  void pass(Duration by) {
    say(by, "pass");
    world.pass(by);
  }

  /** All loops turn until nothing is left to do. */
  void settle() {
    say("all loops turn");
    boolean turned = true;
    while (turned) {
      turned = false;
      for (Caller caller : List.copyOf(world.callers())) {
        while (caller.loop.hasTasks()) {
          world.act(caller, caller.loop.next());
          turned = true;
        }
      }
      while (world.originLoop().hasTasks()) {
        world.play(world.originLoop().next());
        turned = true;
      }
    }
    world.callerLaws().settled();
    world.stateLaws().settled();
  }
}
