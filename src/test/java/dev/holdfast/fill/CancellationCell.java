package dev.holdfast.fill;

import dev.holdfast.fill.StageCaller.Way;

/**
 * One cell of the cancellation matrix, and what must come of it.
 *
 * @param late whether the callers' event loops turn only when the fill has ended
 */
record CancellationCell(FillKind kind, FillMoment moment, Way way, Company company, boolean late) {

  /** Who is attached, and who of them goes. */
  enum Company {
    ONLY_CALLER_GOES,
    STARTER_GOES,
    JOINER_GOES,
    BOTH_GO
  }

  /** Whether the cell makes sense: the moment is one of the goer's, and it has what it cancels. */
  boolean exists() {
    boolean refusedJoiner = kind.isRefusedByItsHead() && company == Company.JOINER_GOES;
    boolean hasHeard = at(moment) > at(FillMoment.HEAD_HEARD);
    if (at(moment) < 0 || (late && moment.isTheCallers())) {
      return false;
    }
    if (refusedJoiner && moment.isTheCallers() && moment != FillMoment.HEAD_HEARD) {
      return false;
    }
    return switch (way) {
      case LEAVES_WITHOUT_LISTENING -> !moment.isTheCallers();
      case STOPS_LISTENING -> !hasHeard;
      case STOPS_READING -> hasHeard && kind.hasHead() && !refusedJoiner && !late;
      case LEAVES, GOES -> true;
    };
  }

  private int at(FillMoment when) {
    return kind.moments().indexOf(when);
  }

  /** What becomes of the fill: the word of the meter, and a star if the write was rescued. */
  String outcome() {
    int last = lastCallerLeaves();
    if (isGivenUpInLine()) {
      return "abandoned";
    }
    boolean refusedInTheEnd = kind == FillKind.TOO_LONG_IN_THE_END;
    boolean refused = kind.isRefusedByItsHead() || refusedInTheEnd;
    if (refused) {
      return last <= at(FillMoment.ARRIVED) ? "abandoned" : "not_storable";
    }
    return switch (kind.end()) {
      case BROKEN, BROKEN_BEFORE_THE_HEAD -> "failed";
      case LATE, LATE_BEFORE_THE_HEAD -> "timed_out";
      case WHOLE -> kind.isStored() ? stored(last) : "superseded";
    };
  }

  /** Whether it was given up before anything was sent. */
  boolean isGivenUpInLine() {
    return lastCallerLeaves() <= at(FillMoment.QUEUED);
  }

  private String stored(int last) {
    return last <= at(FillMoment.WRITING) ? "stored*" : "stored";
  }

  /** When nobody is attached any more, as the number of a moment. */
  private int lastCallerLeaves() {
    if (!way.isLeaving() || company == Company.JOINER_GOES) {
      return Integer.MAX_VALUE;
    }
    if (company != Company.STARTER_GOES) {
      return at(moment);
    }
    boolean joinerIsTurnedAway = kind.isRefusedByItsHead() && !late;
    return joinerIsTurnedAway ? Math.max(at(moment), at(FillMoment.HEAD_HEARD)) : Integer.MAX_VALUE;
  }

  @Override
  public String toString() {
    return kind + ": " + company + " and " + way + " at " + moment + (late ? ", loops late" : "");
  }
}
