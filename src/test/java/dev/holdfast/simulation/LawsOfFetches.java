package dev.holdfast.simulation;

import dev.holdfast.fill.FillOutcome;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.origin.OriginFailure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** How fetches may begin, and how they have to end (laws 1, 2, 3, 4 and 7). */
final class LawsOfFetches {

  private final World world;
  private final Verdicts verdicts;

  LawsOfFetches(World world, Verdicts verdicts) {
    this.world = world;
    this.verdicts = verdicts;
  }

  /** A caller has something fetched, for there is nothing to join and nothing to be found. */
  void fetching(Fetch fetch) {
    if (fetch.joinable) {
      boolean found = isFreshInStore(fetch.starter);
      verdicts.unless(!found, "law 4: fetched, though it is stored", fetch);
      world
          .running()
          .filter(other -> couldHaveJoined(fetch.starter, other))
          .forEach(other -> verdicts.unless(false, "law 4: beside another", fetch, other));
    }
  }

  private boolean isFreshInStore(Caller caller) {
    StoredResponse found = world.stored(caller.target, caller.asking);
    if (found == null) {
      return false;
    }
    Fetch said = world.named(found.head(), Fetch.SAID);
    Reply reply = said.reply();
    return reply != null && world.millis() < said.sentMillis + reply.maxAge() * 1000L;
  }

  private static boolean couldHaveJoined(Caller caller, Fetch other) {
    boolean alike = other.target.equals(caller.target) && other.asking() == caller.asking;
    boolean underWay =
        switch (other.phase()) {
          case PASSING, ENDING, ENDED -> false;
          default -> other.isStorable() && !other.isPassing();
        };
    return other.joinable && alike && underWay && !other.isOvertaken() && !other.hasBecomeStale();
  }

  /** A fetch has ended. */
  void ended(Fetch fetch, FillOutcome how) {
    verdicts.unless(fetch.isRunning(), "ends twice", fetch, how);
    if (how instanceof FillOutcome.Stored || how instanceof FillOutcome.Revalidated) {
      stored(fetch);
    } else if (how instanceof FillOutcome.Superseded) {
      boolean right = mayBeInvalid(fetch) || hasLater(fetch) || mayConfirmWhatIsGone(fetch);
      verdicts.unless(fetch.whole && right, "law 1: superseded by nothing", fetch);
    } else if (how instanceof FillOutcome.NotStored notStored) {
      boolean right = fetch.whole && mayBeRefused(fetch, notStored.reason());
      verdicts.unless(right, "law 1: not stored", fetch, how);
    } else if (how instanceof FillOutcome.Abandoned) {
      verdicts.unless(fetch.attached() == 0, "law 5: given up, and has callers", fetch);
      verdicts.unless(isPointless(fetch), "law 1: given up, and could be stored", fetch);
    } else if (how instanceof FillOutcome.Failed failed) {
      verdicts.unless(hasFailed(fetch, failed.failure()), "fails of nothing", fetch, how);
    }
  }

  private void stored(Fetch fetch) {
    Reply reply = fetch.reply();
    boolean allowed =
        reply != null
            && (reply.isNotModified() ? reply.isAllowed(fetch.asking()) : fetch.isStorable());
    verdicts.unless(fetch.whole, "law 7: stored, and not whole", fetch);
    verdicts.unless(allowed, "law 7: stored, and not storable", fetch);
    verdicts.unless(!isInvalid(fetch, fetch.writtenAt), "law 2: stored, and invalidated", fetch);
  }

  /** Whether it was invalidated between its beginning and then. */
  private boolean isInvalid(Fetch fetch, int until) {
    return world.purgedSince(
        fetch.begunAt, purge -> purge.moment() < until && purge.covers(fetch.target, fetch.tags()));
  }

  /** Whether it may have been: marks that merge invalidate more than was asked for. */
  private boolean mayBeInvalid(Fetch fetch) {
    return world.mergedSince(fetch.mergesAtBegin) || isInvalid(fetch, Integer.MAX_VALUE);
  }

  /** Whether one that began later has been stored, and may answer the same request. */
  boolean hasLater(Fetch fetch) {
    return world.fetches().stream()
        .anyMatch(other -> fetch.beganBefore(other) && other.hasTakenThePlaceOf(fetch));
  }

  /** Whether it confirms what may be stored no more, or stored anew, since it was asked about. */
  private boolean mayConfirmWhatIsGone(Fetch fetch) {
    int asked = fetch.starter.cameAt;
    return fetch.isConfirming()
        && (world.terms().isStoreSmall()
            || world.evictedSince(asked)
            || world.mergedSince(fetch.starter.mergesAsItCame)
            || world.purgedSince(asked, purge -> purge.mayCover(fetch.target))
            || world.fetches().stream()
                .anyMatch(other -> other.writtenAt > asked && other.hasTakenThePlaceOf(fetch)));
  }

  private boolean mayBeRefused(Fetch fetch, NotStorable reason) {
    return switch (reason) {
      case IN_FLIGHT_MEMORY -> world.terms().scarce();
      case CACHE_MEMORY -> world.terms().isStoreSmall();
      case STORE_FAILED -> false;
      default -> !fetch.isStorable() || fetch.isConfirming();
    };
  }

  private static boolean isPointless(Fetch fetch) {
    if (fetch.begunAt == Fetch.NEVER) {
      return true;
    }
    boolean headHasCome = fetch.reply() != null;
    return (headHasCome || fetch.asking().isSafe()) && (!fetch.isStorable() || fetch.isPassing());
  }

  private boolean hasFailed(Fetch fetch, OriginFailure failure) {
    if (failure instanceof OriginFailure.TimedOut) {
      long limit = world.terms().fetchTimeout().toMillis();
      return fetch.isSent() && world.millis() - fetch.sentMillis >= limit;
    }
    if (failure instanceof OriginFailure.Full) {
      return world.origin().waiting() == world.terms().maxQueued();
    }
    if (failure instanceof OriginFailure.CircuitOpen) {
      return world.breaker().getState() != CircuitBreaker.State.CLOSED;
    }
    return failure instanceof OriginFailure.Broken && fetch.isBroken();
  }
}
