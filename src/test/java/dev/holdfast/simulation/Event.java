package dev.holdfast.simulation;

import java.util.EnumSet;
import java.util.function.Predicate;

/** What happens to a fetch, or around it. */
enum Event {
  /** A caller comes that asks as the fetch does. */
  SAME_ASKED(Event::isAnywhere),
  /** A caller comes that another variant is for. */
  VARIANT_ASKED(Event::isAnywhere),
  /** A caller comes whose request is not collapsed with others. */
  APART_ASKED(Event::isAnywhere),
  DISCONNECT(Event::isAttended),
  CALLER_TIMEOUT(
      EnumSet.of(Phase.QUEUED, Phase.WAITING, Phase.WAITING_OVERTAKEN, Phase.VALIDATING)::contains),
  /** A slow caller takes one more piece. */
  READ_ON(EnumSet.of(Phase.STORING, Phase.STORING_OVERTAKEN, Phase.PASSING)::contains),
  PURGE_TARGET(Event::isAnywhere),
  PURGE_PREFIX(Event::isAnywhere),
  PURGE_TAG(Event::isAnywhere),
  PURGE_EVERYTHING(Event::isAnywhere),
  EVICT(Event::isAnywhere),
  CLEAR(Event::isAnywhere),
  /** An invalidation of something else. */
  PURGE_ELSEWHERE(Event::isAnywhere),
  /** All that is stored is evicted. */
  EVICTION(Event::isAnywhere),
  HEAD(Event::isBeforeTheHead),
  NOT_MODIFIED(
      EnumSet.of(Phase.VALIDATING, Phase.WAITING_ALONE, Phase.WAITING_OVERTAKEN)::contains),
  PIECE(Event::isInTheBody),
  WHOLE(Event::isInTheBody),
  BREAK(phase -> isBeforeTheHead(phase) || isInTheBody(phase)),
  FETCH_TIMEOUT(phase -> isBeforeTheHead(phase) || isInTheBody(phase)),
  /** A fetch of the same target that began later is stored. */
  LATER_STORED(
      EnumSet.of(
              Phase.WAITING,
              Phase.WAITING_ALONE,
              Phase.WAITING_OVERTAKEN,
              Phase.STORING,
              Phase.STORING_ALONE,
              Phase.STORING_OVERTAKEN,
              Phase.PASSING)
          ::contains);

  @SuppressWarnings("ImmutableEnumChecker") // without state
  private final Predicate<Phase> phases;

  Event(Predicate<Phase> phases) {
    this.phases = phases;
  }

  /** Whether fetches in that phase have to be met by it sooner or later. */
  boolean canMeet(Phase phase) {
    return phases.test(phase);
  }

  private static boolean isAnywhere(Phase phase) {
    return phase != Phase.ENDED;
  }

  private static boolean isAttended(Phase phase) {
    return phase != Phase.WAITING_ALONE && phase != Phase.STORING_ALONE && phase != Phase.ENDED;
  }

  private static boolean isBeforeTheHead(Phase phase) {
    return switch (phase) {
      case WAITING, WAITING_ALONE, WAITING_OVERTAKEN, VALIDATING -> true;
      default -> false;
    };
  }

  private static boolean isInTheBody(Phase phase) {
    return switch (phase) {
      case STORING, STORING_ALONE, STORING_OVERTAKEN, PASSING -> true;
      default -> false;
    };
  }
}
