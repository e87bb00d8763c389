package dev.holdfast.simulation;

import dev.holdfast.store.Scope;
import java.time.Duration;

/** How a schedule begins, so that it often comes to what chance alone would seldom bring about. */
enum Opening {
  NOTHING,
  /** A response is stored, and stale by now. */
  STALE,
  /** As {@link #STALE}, and of use as it is: it was served, and is being fetched anew. */
  STALE_AND_OF_USE,
  /** As {@link #STALE}; its first caller has not read it yet, and a second has it asked about. */
  ASKED_ABOUT_AND_STILL_READ,
  /** As {@link #STALE}, and asked about twice: the first fetch was overtaken. */
  ASKED_ABOUT_TWICE,
  /**
   * As {@link #STALE}; a fetch that asks about it was in line when it was invalidated, and is being
   * told that it is still valid.
   */
  INVALIDATED_IN_LINE,
  /** A fast and a slow caller read a body that is longer than may be stored. */
  LONG_BODY;

  private static final String TARGET = Data.TARGETS.get(0);
  private static final String ELSEWHERE = Data.TARGETS.get(2);

  /** Whether responses are stale soon, and mostly can be validated. */
  boolean isShortLived() {
    return this != NOTHING && this != LONG_BODY;
  }

  /** Of so many responses one is an error. */
  int oneErrorIn() {
    return this == STALE_AND_OF_USE ? 3 : isShortLived() ? 8 : 15;
  }

  /** Of so many things that come from the origin one is the connection's end. */
  int oneBreakIn() {
    return this == STALE_AND_OF_USE ? 6 : 16;
  }

  /** Plays the opening, with nothing in between. */
  void play(World world, Data data, Doings doings) {
    switch (this) {
      case NOTHING -> {}
      case STALE -> store(world, data, doings, Caller.Pace.EAGER);
      case STALE_AND_OF_USE -> {
        store(world, data, doings, Caller.Pace.EAGER);
        come(doings, Caller.Pace.EAGER);
        doings.settle();
      }
      case ASKED_ABOUT_AND_STILL_READ -> {
        store(world, data, doings, Caller.Pace.SLOW);
        come(doings, Caller.Pace.EAGER);
      }
      case ASKED_ABOUT_TWICE -> {
        store(world, data, doings, Caller.Pace.EAGER);
        come(doings, Caller.Pace.EAGER);
        doings.purge(Event.PURGE_TAG, new Scope.Tag("blue")); // which any response might have
        come(doings, Caller.Pace.EAGER);
      }
      case INVALIDATED_IN_LINE -> {
        Reply stored = store(world, data, doings, Caller.Pace.EAGER);
        invalidateInLine(world, stored, doings);
      }
      case LONG_BODY -> {
        come(doings, Caller.Pace.EAGER);
        come(doings, Caller.Pace.SLOW);
        doings.head(world.fetches().get(0), data.longOne());
        doings.settle();
      }
    }
  }

  private static void come(Doings doings, Caller.Pace pace) {
    doings.come(Asking.ENGLISH, TARGET, pace);
  }

  private Reply store(World world, Data data, Doings doings, Caller.Pace pace) {
    come(doings, pace);
    Fetch fetch = world.fetches().get(0);
    Reply reply = data.storable(fetch, this == STALE_AND_OF_USE);
    doings.head(fetch, reply);
    doings.piece(fetch, reply.length());
    doings.complete(fetch);
    doings.settle();
    doings.pass(Duration.ofMillis(reply.lifetimeMillis()));
    return reply;
  }

  private static void invalidateInLine(World world, Reply stored, Doings doings) {
    if (world.terms().maxQueued() == 0) {
      return;
    }
    for (int i = 0; i < world.terms().permits(); i++) {
      doings.come(Asking.NOT_TO_BE_STORED, ELSEWHERE, Caller.Pace.EAGER);
    }
    come(doings, Caller.Pace.EAGER);
    doings.purge(Event.PURGE_PREFIX, new Scope.Prefix("/items"));
    doings.disconnect(world.callers().get(1));
    Fetch asking = world.fetches().get(world.fetches().size() - 1);
    if (asking.isValidating()) {
      doings.head(asking, stored.notModified());
    }
  }
}
