package dev.holdfast.simulation;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Hooks;

/** One random schedule, which its seed replays. */
final class Schedule {

  private static final int STEPS = 60;
  private static final int MAX_DEPTH = 2;
  private static final int MOST_ROUNDS = 50;

  private final long seed;
  private final Dice dice;
  private final World world;
  private final Data data;
  private final Doings doings;
  private final Chances chances;
  private final Trace trace = new Trace();

  /** Whether others may act in the midst of something. */
  private boolean open;

  Schedule(long seed, Met met) {
    this.seed = seed;
    this.dice = new Dice(seed);
    this.data = new Data(dice);
    this.world = new World(Terms.drawn(dice), met, this::othersMayAct);
    this.doings = new Doings(world, met, trace);
    this.chances = new Chances(dice, world, data, doings);
  }

  /** What the schedule of that seed finds to be against the laws, or {@code null}. */
  static @Nullable String broken(long seed) {
    try {
      new Schedule(seed, new Met()).play();
      return null;
    } catch (AssertionError broken) {
      return broken.getMessage();
    }
  }

  /**
   * Plays it to its end.
   *
   * @throws AssertionError with the seed and all that happened, if a law is broken
   */
  void play() {
    Thread own = Thread.currentThread();
    Hooks.onErrorDropped(
        lost -> world.verdicts().unless(Thread.currentThread() != own, "an error is lost", lost));
    try {
      playUnwatched();
    } catch (RuntimeException | Error unexpected) {
      throw new AssertionError(report("fails of " + unexpected), unexpected);
    } finally {
      world.end();
      Hooks.resetOnErrorDropped();
    }
    if (!isKept()) {
      throw new AssertionError(report(world.verdicts().all().get(0)));
    }
  }

  private void playUnwatched() {
    doings.say(world.terms());
    world.terms().opening().play(world, data, doings);
    open = true;
    for (int step = 0; step < STEPS && isKept(); step++) {
      while (!chances.step()) {}
      world.stateLaws().check(dice.oneIn(5));
    }
    open = false;
    if (isKept()) {
      close();
    }
  }

  /** One thread can be overtaken by another here, and is in one of so many cases. */
  private void othersMayAct(int oneIn) {
    if (open && doings.depth() < MAX_DEPTH && dice.oneIn(oneIn)) {
      doings.inBetween(
          () -> {
            for (int tries = 0; tries < 3 && !chances.act(); tries++) {}
          });
    }
  }

  /** Everybody who can be is answered or leaves, and everything ends. */
  private void close() {
    doings.say("the end");
    doings.settle();
    while (chances.playOrigin() && !dice.oneIn(10)) {
      world.stateLaws().check(true);
    }
    world.callers().stream()
        .filter(caller -> caller.isThere() && caller.pace == Caller.Pace.SILENT)
        .forEach(doings::disconnect);
    for (int round = 0; round < MOST_ROUNDS && (round < 3 || isUnderWay()); round++) {
      doings.settle();
      while (chances.readOn()) {
        doings.settle();
      }
      doings.pass(world.terms().fetchTimeout());
      doings.settle();
    }
    world.verdicts().unless(!isUnderWay(), "law 6: something has no end");
    world.callerLaws().ended();
    world.stateLaws().nothingIsLeft();
  }

  private boolean isUnderWay() {
    return world.running().findAny().isPresent();
  }

  private boolean isKept() {
    return world.verdicts().all().isEmpty();
  }

  /** What went wrong, how to see it again, and all that led to it. */
  private String report(String wrong) {
    return "%s%nseed %d: -Dholdfast.simulation.seed=%d -Dholdfast.simulation.schedules=1%n%s"
        .formatted(wrong, seed, seed, String.join(System.lineSeparator(), trace.lines()));
  }

  World world() {
    return world;
  }

  Trace trace() {
    return trace;
  }
}
