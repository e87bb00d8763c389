package dev.holdfast.simulation;

import dev.holdfast.fill.FillOutcome;
import dev.holdfast.http.NotStorable;
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
    long forNobody = world.withoutCallers() - world.running().filter(Fetch::isEnding).count();
    boolean bounded = !fetch.asking().couldStore() || forNobody < world.terms().maxWithoutCallers();
    verdicts.unless(bounded, "law 6: fetched, though as many run for nobody as may", fetch);
    boolean vain = fetch.alone && fetch.isBackground();
    verdicts.unless(!vain, "fetched anew, and takes nothing's place", fetch);
    if (fetch.joinable) {
      boolean found = isFreshInStore(fetch.starter);
      verdicts.unless(!found, "law 4: fetched, though it is stored", fetch);
      world
          .running()
          .filter(other -> couldHaveJoined(fetch.starter, other))
          .forEach(other -> verdicts.unless(false, "law 4: beside another", fetch, other));
    }
  }

  /** A fetch is refused before its origin is asked. */
  void refused() {
    boolean right = world.withoutCallers() >= world.terms().maxWithoutCallers();
    verdicts.unless(right, "law 6: refused, and few run for nobody");
  }

  private boolean isFreshInStore(Caller caller) {
    Kept found = world.kept(caller.target, caller.asking);
    return found != null
        && found.surely(caller, each -> each.answers(caller.asking, world.millis()));
  }

  private boolean couldHaveJoined(Caller caller, Fetch other) {
    boolean alike =
        other.target.equals(caller.target)
            && other.asking().language().equals(caller.asking.language());
    boolean underWay =
        switch (other.phase()) {
          case PASSING, ENDING, ENDED -> false;
          default -> other.isUsable() && !other.isPassing();
        };
    boolean beingGivenUp = diesWithItsCallers(other) && other.attached() == 0;
    return other.joinable && alike && underWay && !beingGivenUp && !other.isOvertaken();
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
    verdicts.unless(fetch.whole, "law 7: stored, and not whole", fetch);
    verdicts.unless(mayBeStored(fetch), "law 7: stored, and not storable", fetch);
    verdicts.unless(!isInvalid(fetch, fetch.writtenAt), "law 2: stored, and invalidated", fetch);
  }

  private static boolean mayBeStored(Fetch fetch) {
    Reply reply = fetch.said();
    if (!reply.isNotModified()) {
      return fetch.isStorable();
    }
    boolean isOfWhatWasAskedAbout = reply.etag().isEmpty() || fetch.asked().contains(reply.etag());
    return isOfWhatWasAskedAbout && reply.isAllowed(fetch.asking());
  }

  /** Whether it was invalidated between its beginning and then. */
  private boolean isInvalid(Fetch fetch, int until) {
    return world.purgedSince(
        fetch.begunAt,
        purge ->
            purge.moment() < until
                && !purge.isSoft()
                && purge.by() != fetch
                && purge.covers(fetch.target, fetch.tags()));
  }

  /** Whether it may have been: marks that merge invalidate more than was asked for. */
  private boolean mayBeInvalid(Fetch fetch) {
    boolean ofItself = fetch.asking().isUnsafe(); // as others may have meant what it brings
    return world.mergedSince(fetch.mergesAtBegin)
        || isInvalid(fetch, Integer.MAX_VALUE)
        || (ofItself && world.purgedSince(fetch.begunAt, purge -> purge.by() != fetch));
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
            || world.purgedSince(asked, purge -> !purge.isSoft() && purge.mayCover(fetch.target))
            || world.fetches().stream()
                .anyMatch(
                    other ->
                        (other.writtenAt > asked && other.hasTakenThePlaceOf(fetch))
                            || other.mayHaveComparedItsHeadWith(fetch)));
  }

  private boolean mayBeRefused(Fetch fetch, NotStorable reason) {
    return switch (reason) {
      case IN_FLIGHT_MEMORY -> world.terms().scarce();
      case CACHE_MEMORY -> world.terms().isStoreSmall();
      case STORE_FAILED -> false;
      case STALE_IF_ERROR -> fetch.said().isError();
      default -> !fetch.isStorable() || fetch.isConfirming();
    };
  }

  private boolean isPointless(Fetch fetch) {
    if (fetch.begunAt == Fetch.NEVER) {
      return true;
    }
    boolean headHasCome = fetch.reply() != null;
    if (diesWithItsCallers(fetch)) {
      return headHasCome || !fetch.asking().isUnsafe();
    }
    return (headHasCome || !fetch.asking().isUnsafe())
        && (!fetch.isStorable() || fetch.isPassing());
  }

  private boolean diesWithItsCallers(Fetch fetch) {
    return !world.terms().finishesAbandoned() && !fetch.isBackground();
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
