package dev.holdfast.policy;

import dev.holdfast.http.CacheControl;
import dev.holdfast.http.Fields;
import dev.holdfast.http.HttpDate;
import dev.holdfast.http.StoredResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A response's freshness lifetime and age (RFC 9111 §4.2). */
public final class Freshness {

  private Freshness() {}

  /** Whether the freshness lifetime exceeds the current age (§4.2). */
  public static boolean isFresh(StoredResponse stored, CachePolicy policy, Instant now) {
    return ttl(stored, policy, now).compareTo(Duration.ZERO) > 0;
  }

  /** The freshness that remains; zero or less once stale, or made so. */
  public static Duration ttl(StoredResponse stored, CachePolicy policy, Instant now) {
    Duration ttl = freshnessLifetime(stored, policy).minus(currentAge(stored, now));
    Instant staleSince = stored.staleSince();
    return staleSince == null ? ttl : shorter(ttl, Duration.between(now, staleSince));
  }

  /**
   * {@code freshness_lifetime} (§4.2.1), which {@code override-ttl} replaces where a status is
   * stored without explicit freshness: an error that says {@code max-age=0} stays what it is.
   */
  static Duration freshnessLifetime(StoredResponse stored, CachePolicy policy) {
    if (policy.overrideTtl() != null && Storability.isHeuristic(stored.head().status())) {
      return policy.overrideTtl();
    }
    return explicitLifetime(stored, policy)
        .or(() -> heuristicLifetime(stored, policy))
        .orElse(policy.defaultTtl());
  }

  /**
   * What the response itself says: {@code s-maxage}, else {@code max-age}, else Expires − Date
   * (§4.2.1); a targeted field leaves no place for the last (RFC 9213 §2.2).
   */
  static Optional<Duration> explicitLifetime(StoredResponse stored, CachePolicy policy) {
    CacheControl directives = policy.directivesOf(stored.head().fields());
    for (String directive : List.of("s-maxage", "max-age")) {
      if (directives.has(directive)) {
        return Optional.of(Duration.ofSeconds(directives.seconds(directive).orElse(0)));
      }
    }
    return stored.head().fields().contains("Expires") && !directives.isTargeted()
        ? Optional.of(expiresLifetime(stored))
        : Optional.empty();
  }

  /**
   * A tenth of the time since the last modification, within the policy's limit (§4.2.2); only where
   * the policy has one and the status, or {@code public}, allows it.
   */
  static Optional<Duration> heuristicLifetime(StoredResponse stored, CachePolicy policy) {
    String lastModified = stored.head().fields().first("Last-Modified");
    Duration limit = policy.maxHeuristicTtl();
    if (limit == null || lastModified == null || !Storability.isHeuristic(stored, policy)) {
      return Optional.empty();
    }
    return HttpDate.parse(lastModified)
        .map(modified -> notNegative(Duration.between(modified, dateValue(stored)).dividedBy(10)))
        .map(tenth -> tenth.compareTo(limit) > 0 ? limit : tenth);
  }

  /** Expires − Date (§5.3): an invalid or repeated date means "already expired". */
  private static Duration expiresLifetime(StoredResponse stored) {
    List<String> expires = stored.head().fields().all("Expires");
    if (expires.size() > 1) {
      return Duration.ZERO;
    }
    return HttpDate.parse(expires.get(0))
        .map(expiry -> Duration.between(dateValue(stored), expiry))
        .orElse(Duration.ZERO);
  }

  /** {@code current_age} (§4.2.3). */
  public static Duration currentAge(StoredResponse stored, Instant now) {
    Duration residentTime = notNegative(Duration.between(stored.responseTime(), now));
    return correctedInitialAge(stored).plus(residentTime);
  }

  /** {@code corrected_initial_age} (§4.2.3). */
  static Duration correctedInitialAge(StoredResponse stored) {
    Duration apparentAge = apparentAge(stored);
    Duration correctedAgeValue = correctedAgeValue(stored);
    return apparentAge.compareTo(correctedAgeValue) > 0 ? apparentAge : correctedAgeValue;
  }

  /** {@code apparent_age} (§4.2.3): one calendar compared with another, once. */
  static Duration apparentAge(StoredResponse stored) {
    return notNegative(Duration.between(dateValue(stored), stored.fetched().calendar()));
  }

  /** {@code corrected_age_value} (§4.2.3). */
  static Duration correctedAgeValue(StoredResponse stored) {
    Duration responseDelay =
        notNegative(Duration.between(stored.fetched().requestTime(), stored.responseTime()));
    return ageValue(stored.head().fields()).plus(responseDelay);
  }

  /** {@code age_value} (§5.1): the first member; 0 where it is no number. */
  private static Duration ageValue(Fields fields) {
    List<String> members = fields.members("Age");
    return members.isEmpty()
        ? Duration.ZERO
        : Duration.ofSeconds(CacheControl.deltaSeconds(members.get(0)).orElse(0));
  }

  /** {@code date_value} (§4.2.3): without a valid Date, when the response came. */
  private static Instant dateValue(StoredResponse stored) {
    String date = stored.head().fields().first("Date");
    Instant received = stored.fetched().calendar();
    return date == null ? received : HttpDate.parse(date).orElse(received);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
