package dev.holdfast.service;

import dev.holdfast.http.CacheStatus;
import dev.holdfast.http.Forwarded;
import dev.holdfast.origin.OriginFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a caller is told when there is no response for it. */
public final class Problems {

  private static final Duration SOON = Duration.ofSeconds(1);

  /** The word that {@code Cache-Status} has for {@code overloaded}. */
  private static final String OVERLOAD = "overload";

  /** The word for a stale response in place of an error of the origin. */
  static final String STALE_IF_ERROR = "stale-if-error";

  private Problems() {}

  /** A request that is refused before it concerns any fetch. */
  public static Answer.Problem refusal(ProblemType type, String detail) {
    return refusal(type, detail, null);
  }

  /**
   * As {@link #refusal(ProblemType, String)}.
   *
   * @param retryAfter when it may be worth another try, or {@code null}
   */
  public static Answer.Problem refusal(
      ProblemType type, String detail, @Nullable Duration retryAfter) {
    return new Answer.Problem(type, detail, false, retryAfter, CacheStatus.refused(type.token()));
  }

  /** A caller that accepts nothing but what is stored (RFC 9111 §5.2.1.7). */
  static Answer.Problem onlyIfCached() {
    String detail = "nothing is stored that the request accepts as it is";
    return refusal(ProblemType.ONLY_IF_CACHED, detail);
  }

  /** What {@code Cache-Status} says where a stale response stands in for that answer. */
  static String degradedBy(Answer.Problem problem) {
    return switch (problem.type()) {
      case OVERLOADED -> OVERLOAD;
      case CIRCUIT_OPEN, CALLER_TIMEOUT -> problem.type().token();
      default -> STALE_IF_ERROR;
    };
  }

  /** A caller that would wait where as many wait as may: nothing is fetched or joined for it. */
  static Answer.Problem tooManyWaiting() {
    return new Answer.Problem(
        ProblemType.OVERLOADED,
        "as many callers wait for an answer as may",
        false,
        SOON,
        CacheStatus.refused(OVERLOAD));
  }

  /**
   * @param fetchContinues whether what the fetch brings may be stored, so that it goes on
   */
  static Answer.Problem callerTimeout(Forwarded why, boolean collapsed, boolean fetchContinues) {
    ProblemType type = ProblemType.CALLER_TIMEOUT;
    String detail =
        fetchContinues
            ? "the fetch goes on; what it brings is stored if it may be"
            : "the fetch is given up, as nobody else waits for it";
    CacheStatus status = CacheStatus.failed(why, collapsed, type.token());
    return new Answer.Problem(type, detail, fetchContinues, SOON, status);
  }

  /** The caller's patience ended while its fetch waited to be let in. */
  static Answer.Problem notLetIn(Forwarded why, boolean collapsed) {
    return problem(
        ProblemType.OVERLOADED,
        "as many fetches run as the origin may have, and none ended in the time that a caller waits",
        SOON,
        why,
        collapsed);
  }

  static Answer.Problem of(OriginFailure failure, Forwarded why, boolean collapsed) {
    String detail = failure.getMessage();
    if (failure instanceof OriginFailure.TimedOut) {
      return problem(ProblemType.FETCH_TIMEOUT, detail, null, why, collapsed);
    }
    if (failure instanceof OriginFailure.CircuitOpen open) {
      return problem(ProblemType.CIRCUIT_OPEN, detail, open.retryAfter(), why, collapsed);
    }
    if (failure instanceof OriginFailure.Full
        || failure instanceof OriginFailure.Internal
        || failure instanceof OriginFailure.Stopping) {
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
    String word = type == ProblemType.OVERLOADED ? OVERLOAD : type.token();
    return new Answer.Problem(
        type, detail, false, retryAfter, CacheStatus.failed(why, collapsed, word));
  }
}
