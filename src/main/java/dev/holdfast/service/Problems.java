package dev.holdfast.service;

import dev.holdfast.http.CacheStatus;
import dev.holdfast.http.Forwarded;
import dev.holdfast.origin.OriginFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a caller is told when there is no response for it. */
public final class Problems {

  private static final Duration SOON = Duration.ofSeconds(1);

  private Problems() {}

  /** A request that is refused before it concerns any fetch. */
  public static Answer.Problem refusal(ProblemType type, String detail) {
    return new Answer.Problem(type, detail, false, null, CacheStatus.refused(type.token()));
  }

  /**
   * @param fetchContinues whether what the fetch brings may be stored, so that it goes on
   */
  static Answer.Problem callerTimeout(Forwarded why, boolean collapsed, boolean fetchContinues) {
    ProblemType type = ProblemType.CALLER_TIMEOUT;
    String detail =
        fetchContinues
            ? "the fetch goes on; what it brings is stored if it may be"
            : "the fetch is given up: nothing that it brings could be stored";
    CacheStatus status = CacheStatus.failed(why, collapsed, type.token());
    return new Answer.Problem(type, detail, fetchContinues, SOON, status);
  }

  static Answer.Problem of(OriginFailure failure, Forwarded why, boolean collapsed) {
    String detail = failure.getMessage();
    if (failure instanceof OriginFailure.TimedOut) {
      return problem(ProblemType.FETCH_TIMEOUT, detail, null, why, collapsed);
    }
    if (failure instanceof OriginFailure.CircuitOpen open) {
      return problem(ProblemType.CIRCUIT_OPEN, detail, open.retryAfter(), why, collapsed);
    }
    if (failure instanceof OriginFailure.Full) {
      return problem(ProblemType.OVERLOADED, detail, SOON, why, collapsed);
    }
    ProblemType type =
        failure instanceof OriginFailure.RequestBroken
            ? ProblemType.BAD_REQUEST
            : ProblemType.ORIGIN_FAILED;
    return problem(type, detail, null, why, collapsed);
  }

  private static Answer.Problem problem(
      ProblemType type,
      String detail,
      @Nullable Duration retryAfter,
      Forwarded why,
      boolean collapsed) {
    String word = type == ProblemType.OVERLOADED ? "overload" : type.token();
    return new Answer.Problem(
        type, detail, false, retryAfter, CacheStatus.failed(why, collapsed, word));
  }
}
