package dev.holdfast.simulation;

import dev.holdfast.store.Scope;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What happens next, by the dice; everything here says whether it found something to do. */
final class Chances {

  /** After which what was fresh for seconds is kept no more, and what was for a minute still is. */
  private static final Duration SHORT_LIVED_IS_GONE = Duration.ofDays(1).plusSeconds(30);

  private static final int MAX_CALLERS = 24;

  private final Dice dice;
  private final World world;
  private final Data data;
  private final Doings doings;

  Chances(Dice dice, World world, Data data, Doings doings) {
    this.dice = dice;
    this.world = world;
    this.data = data;
    this.doings = doings;
  }

  /** Something happens, with nothing under way. */
  boolean step() {
    return switch (dice.below(20)) {
      case 0 -> pass();
      case 1 -> settle();
      default -> act();
    };
  }

  /** Something happens that needs none of the loops that are busy. */
  boolean act() {
    int die = dice.below(76);
    if (die < 10) {
      return come();
    }
    if (die < 34) {
      return turn();
    }
    if (die < 40) {
      return readOn();
    }
    if (die < 44) {
      return disconnect();
    }
    if (die < 70) {
      return playOrigin();
    }
    return die < 75 ? purge() : evict();
  }

  private boolean come() {
    if (world.callers().size() >= MAX_CALLERS) {
      return false;
    }
    String target = data.drawnTarget();
    Asking asking =
        dice.oneIn(3)
            ? Asking.drawn(dice, data.drawnTag(target))
            : dice.of(Asking.ENGLISH, Asking.ENGLISH, Asking.GERMAN);
    Caller.Pace pace =
        dice.oneIn(3)
            ? dice.of(Caller.Pace.SLOW, Caller.Pace.SLOW, Caller.Pace.SILENT)
            : Caller.Pace.EAGER;
    doings.come(asking, target, pace);
    return true;
  }

  private boolean turn() {
    Caller caller = drawn(each -> each.loop.hasTasks());
    if (caller != null && !dice.oneIn(5)) {
      doings.turn(caller);
      return true;
    }
    if (world.originLoop().hasTasks() && !world.originLoop().isTurning()) {
      doings.turnOrigin();
      return true;
    }
    return false;
  }

  /** A slow caller takes one more piece. */
  boolean readOn() {
    Caller caller = drawn(each -> each.pace == Caller.Pace.SLOW && each.hasMoreToRead());
    if (caller == null) {
      return false;
    }
    doings.readOn(caller);
    return true;
  }

  private boolean disconnect() {
    Caller caller = drawn(Caller::isThere);
    if (caller == null) {
      return false;
    }
    doings.disconnect(caller);
    return true;
  }

  private @Nullable Caller drawn(Predicate<Caller> condition) {
    List<Caller> such =
        world.callers().stream()
            .filter(caller -> !caller.loop.isTurning() && condition.test(caller))
            .toList();
    return such.isEmpty() ? null : dice.of(such);
  }

  /** The origin goes on with one of its answers. */
  boolean playOrigin() {
    List<Fetch> playing = world.running().filter(Fetch::isPlaying).toList();
    if (playing.isEmpty() || world.originLoop().isTurning()) {
      return false;
    }
    Fetch fetch = dice.of(playing);
    Reply reply = fetch.reply();
    if (dice.oneIn(world.terms().opening().oneBreakIn())) {
      doings.breakOff(fetch);
    } else if (reply == null) {
      doings.head(fetch, data.reply(fetch, world.terms()));
    } else if (fetch.hasMoreToSend()) {
      int rest = reply.length() - fetch.emitted;
      doings.piece(fetch, dice.oneIn(2) ? rest : dice.between(1, rest));
    } else {
      doings.complete(fetch);
    }
    return true;
  }

  private boolean purge() {
    Event form =
        dice.of(
            Event.PURGE_TARGET,
            Event.PURGE_TARGET,
            Event.PURGE_PREFIX,
            Event.PURGE_TAG,
            Event.PURGE_TAG,
            Event.PURGE_TAG,
            Event.PURGE_EVERYTHING,
            Event.SOFT_PURGE,
            Event.SOFT_PURGE,
            Event.SOFT_PURGE,
            Event.EVICT,
            Event.CLEAR);
    Event ofScope =
        form == Event.SOFT_PURGE
            ? dice.of(
                Event.PURGE_TARGET,
                Event.PURGE_PREFIX,
                Event.PURGE_TAG,
                Event.PURGE_TAG,
                Event.PURGE_EVERYTHING)
            : form;
    Scope scope = scope(ofScope);
    data.change(scope);
    doings.purge(form, scope);
    return true;
  }

  private Scope scope(Event form) {
    return switch (form) {
      case PURGE_PREFIX -> new Scope.Prefix(dice.of("/items", "/items/", "/news"));
      case PURGE_TAG -> new Scope.Tag(dice.of("red", "green"));
      case PURGE_EVERYTHING, CLEAR -> new Scope.Everything();
      default -> new Scope.Target(data.drawnTarget());
    };
  }

  private boolean evict() {
    doings.evict();
    return true;
  }

  private boolean pass() {
    doings.pass(dice.oneIn(20) ? SHORT_LIVED_IS_GONE : aWhile());
    return true;
  }

  private Duration aWhile() {
    return dice.oneIn(5)
        ? dice.of(world.terms().patience(), Duration.ofSeconds(10), world.terms().fetchTimeout())
        : dice.of(Duration.ofMillis(1), Duration.ofMillis(700), Duration.ofSeconds(1));
  }

  private boolean settle() {
    doings.settle();
    return true;
  }
}
