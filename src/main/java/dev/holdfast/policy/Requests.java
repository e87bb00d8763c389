package dev.holdfast.policy;

import dev.holdfast.http.CacheControl;
import dev.holdfast.http.RequestHead;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a caller's request says about caching (RFC 9111 §5.2.1, RFC 5861 §4). */
final class Requests {

  /**
   * Methods that are safe by their definitions (RFC 9110 §9.2.1 and the registry of methods); any
   * other is taken for unsafe.
   */
  private static final Set<String> SAFE =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "REPORT", "SEARCH", "QUERY");

  private static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);

  private Requests() {}

  static boolean isSafe(RequestHead request) {
    return SAFE.contains(request.method());
  }

  /** Whether a part may be the answer: no other method has ranges (RFC 9110 §14.2). */
  static boolean asksForAPart(RequestHead request) {
    return request.method().equals("GET") && request.fields().contains("Range");
  }

  /** Whether a stored response may not be used without asking the origin (§5.2.1.4, §5.4). */
  static boolean asksForTheOrigin(RequestHead request) {
    if (request.fields().contains("Cache-Control")) {
      return directives(request).has("no-cache");
    }
    return request.fields().members("Pragma").contains("no-cache");
  }

  /** §5.2.1.5. */
  static boolean forbidsStoring(RequestHead request) {
    return directives(request).has("no-store");
  }

  /** §5.2.1.7. */
  static boolean allowsNothingButTheCache(RequestHead request) {
    return directives(request).has("only-if-cached");
  }

  /** The greatest age that is accepted (§5.2.1.1). */
  static Optional<Duration> maxAge(RequestHead request) {
    return seconds(request, "max-age");
  }

  /** Whether only a response will do that has just been made: nobody else's fetch brings one. */
  static boolean acceptsNoAge(RequestHead request) {
    return maxAge(request).filter(Duration::isZero).isPresent();
  }

  /** The freshness that has to remain (§5.2.1.3). */
  static Optional<Duration> minFresh(RequestHead request) {
    return seconds(request, "min-fresh");
  }

  /** Whether it says itself how old, fresh or stale a response may be (§5.2.1.1 to §5.2.1.3). */
  static boolean limitsAge(RequestHead request) {
    return maxAge(request).isPresent()
        || minFresh(request).isPresent()
        || maxStale(request).isPresent();
  }

  /** By how much freshness may be exceeded; any amount where no number is given (§5.2.1.2). */
  static Optional<Duration> maxStale(RequestHead request) {
    String argument = directives(request).argument("max-stale");
    return argument != null && argument.isEmpty()
        ? Optional.of(UNLIMITED)
        : seconds(request, "max-stale");
  }

  /** By how much freshness may be exceeded where the origin fails (RFC 5861 §4). */
  static Optional<Duration> staleIfError(RequestHead request) {
    return seconds(request, "stale-if-error");
  }

  private static Optional<Duration> seconds(RequestHead request, String directive) {
    var seconds = directives(request).seconds(directive);
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
        : Optional.empty();
  }

  private static CacheControl directives(RequestHead request) {
    return CacheControl.ofRequest(request.fields());
  }
}
