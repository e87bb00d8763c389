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
  /** Something is made stale, in any scope. */
  SOFT_PURGE(Event::isAnywhere),
  EVICT(Event::isAnywhere),
  CLEAR(Event::isAnywhere),
  /** An invalidation of something else. */
  PURGE_ELSEWHERE(Event::isAnywhere),
  /** All that is stored is evicted. */
  EVICTION(Event::isAnywhere),
  /** An unsafe request is answered that makes the target's responses unusable. */
  UNSAFE_DONE(Event::isUnderWay),
  /** What is stored is compared with what a {@code HEAD} has brought. */
  COMPARED(Event::isUnderWay),
  /** A caller is answered with a stale response, and needs no fetch to end for that. */
  STALE_SERVED(phase -> isUnderWay(phase) && !isOvertaken(phase)),
  /** A caller is answered with a stale response in place of an error. */
  STALE_ON_ERROR(
      EnumSet.of(
              Phase.WAITING,
              Phase.WAITING_ALONE,
              Phase.VALIDATING,
              Phase.STORING,
              Phase.STORING_ALONE,
              Phase.PASSING)
          ::contains),
  /** A caller is told that it has what is current. */
  NOT_MODIFIED_TOLD(phase -> isBeforeTheHead(phase) || isInTheBody(phase)),
  /** A caller is refused that accepts nothing but what is stored. */
  ONLY_IF_CACHED(Event::isUnderWay),
  HEAD(Event::isBeforeTheHead),
  /** The head of an error comes. */
  ERROR(Event::isBeforeTheHead),
  NOT_MODIFIED(Event::isValidating),
  /** A 304 comes that is about another response than what was asked about. */
  NOT_MODIFIED_OF_ANOTHER(Event::isValidating),
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

  /** Anywhere but in the moments around the write, in which a seldom event is met by chance. */
  private static boolean isUnderWay(Phase phase) {
    return phase.compareTo(Phase.PASSING) <= 0;
  }

  private static boolean isOvertaken(Phase phase) {
    return phase == Phase.WAITING_OVERTAKEN || phase == Phase.STORING_OVERTAKEN;
  }

  private static boolean isAttended(Phase phase) {
    return phase != Phase.WAITING_ALONE && phase != Phase.STORING_ALONE && phase != Phase.ENDED;
  }

  private static boolean isValidating(Phase phase) {
    return switch (phase) {
      case VALIDATING, WAITING_ALONE, WAITING_OVERTAKEN -> true;
      default -> false;
    };
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
