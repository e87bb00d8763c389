package dev.holdfast.service;

import dev.holdfast.fill.FillKind;
import dev.holdfast.fill.FillMoment;

/** One cell of the callers' matrix, and what must come of it. */
record CallerCell(FillKind kind, FillMoment moment, Way way, Company company) {

  /** The ways in which a caller goes. */
  enum Way {
    TIMES_OUT,
    DISCONNECTS
  }

  /** Who asks, and who of them goes. */
  enum Company {
    ONLY_CALLER_GOES,
    STARTER_GOES,
    JOINER_GOES,
    BOTH_GO
  }

  boolean exists() {
    boolean refusedJoiner = kind.isRefusedByItsHead() && company == Company.JOINER_GOES;
    // the starter hears an empty response's end before the joiner hears its head
    boolean tooEarly = kind == FillKind.STORABLE_AND_EMPTY && moment == FillMoment.END_HEARD;
    // a fetch's time-out is longer than every caller's patience
    return kind != FillKind.TIMES_OUT_BEFORE_THE_HEAD
        && at(moment) >= 0
        && !(refusedJoiner && moment.isTheCallers())
        && !(tooEarly && company == Company.BOTH_GO);
  }

  private int at(FillMoment when) {
    return kind.moments().indexOf(when);
  }

  /** Whether whoever goes has no answer yet; a time-out later than that is none. */
  boolean hasAnEffect(boolean starter) {
    boolean fetchedForItself = !starter && kind.isRefusedByItsHead() && isAfterTheHead();
    boolean inTime = way == Way.DISCONNECTS ? isBeforeTheEnd() : !isAfterTheHead();
    boolean tellsIt = starter || company == Company.JOINER_GOES;
    boolean heard = tellsIt && way == Way.TIMES_OUT && moment == FillMoment.HEAD_HEARD;
    return inTime && !heard && !fetchedForItself;
  }

  private boolean isBeforeTheEnd() {
    FillMoment end = kind.hasHead() ? FillMoment.END_HEARD : FillMoment.HEAD_HEARD;
    return at(moment) <= at(end);
  }

  private boolean isAfterTheHead() {
    return at(moment) > at(FillMoment.HEAD_HEARD);
  }

  boolean goes(boolean starter) {
    return company != (starter ? Company.JOINER_GOES : Company.STARTER_GOES)
        && (starter || company != Company.ONLY_CALLER_GOES);
  }

  /** Whether the joiner found that the response is not for it, and fetched for itself. */
  boolean joinerFetches() {
    return kind.isRefusedByItsHead()
        && company != Company.ONLY_CALLER_GOES
        && (company == Company.STARTER_GOES || isAfterTheHead());
  }

  /** When nobody is attached to the fill any more, as the number of a moment. */
  private int lastCallerLeaves() {
    boolean starterStays = company == Company.JOINER_GOES || !hasAnEffect(true);
    boolean joinerStays = company == Company.STARTER_GOES && !kind.isRefusedByItsHead();
    if (starterStays || joinerStays) {
      return Integer.MAX_VALUE;
    }
    boolean joined = company == Company.STARTER_GOES;
    return joined ? Math.max(at(moment), at(FillMoment.HEAD_HEARD)) : at(moment);
  }

  boolean isGivenUpInLine() {
    return lastCallerLeaves() <= at(FillMoment.QUEUED);
  }

  boolean isStored() {
    return kind.isStored() && !isGivenUpInLine();
  }

  String outcome() {
    int last = lastCallerLeaves();
    boolean refused = kind.isRefusedByItsHead() || kind == FillKind.TOO_LONG_IN_THE_END;
    if (isGivenUpInLine() || (refused && last <= at(FillMoment.ARRIVED))) {
      return "abandoned";
    }
    if (refused) {
      return "not_storable";
    }
    return switch (kind.end()) {
      case BROKEN, BROKEN_BEFORE_THE_HEAD -> "failed";
      case LATE, LATE_BEFORE_THE_HEAD -> "timed_out";
      case WHOLE -> kind.isStored() ? "stored" : "superseded";
    };
  }

  @Override
  public String toString() {
    return kind + ": " + company + " and " + way + " at " + moment;
  }
}
