package dev.holdfast.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.TokenItem;
import org.jspecify.annotations.Nullable;

/**
 * How the cache handled one request: one member of {@code Cache-Status} (RFC 9211 §2).
 *
 * @param hit whether the request was satisfied without forwarding
 * @param forwarded why the request was forwarded, {@code null} if it was not
 * @param ttlSeconds the remaining freshness of a hit, negative once stale; {@code null} if unknown
 * @param forwardStatus the status that the origin answered, if it did
 * @param stored whether the response is being stored
 * @param collapsed whether the request was collapsed with others into one fetch
 * @param detail what no parameter says, as a token
 */
public record CacheStatus(
    boolean hit,
    @Nullable Forwarded forwarded,
    @Nullable Long ttlSeconds,
    @Nullable Integer forwardStatus,
    boolean stored,
    boolean collapsed,
    @Nullable String detail) {

  /** The greatest integer that a structured field can carry (RFC 9651 §3.3.1). */
  private static final long MAX_INTEGER = 999_999_999_999_999L;

  /** A request satisfied without forwarding. */
  public static CacheStatus hit(long ttlSeconds) {
    return new CacheStatus(true, null, ttlSeconds, null, false, false, null);
  }

  /** A forwarded request that has no response of the origin to show. */
  public static CacheStatus failed(Forwarded forwarded, boolean collapsed, String detail) {
    return new CacheStatus(false, forwarded, null, null, false, collapsed, detail);
  }

  /** A request that the cache itself refused. */
  public static CacheStatus refused(String detail) {
    return new CacheStatus(false, null, null, null, false, false, detail);
  }

  /** The same with the freshness that remains of what is answered. */
  public CacheStatus withTtl(long seconds) {
    return new CacheStatus(hit, forwarded, seconds, forwardStatus, stored, collapsed, detail);
  }

  /** The same with another detail. */
  public CacheStatus withDetail(String other) {
    return new CacheStatus(hit, forwarded, ttlSeconds, forwardStatus, false, collapsed, other);
  }

  /** The field's member, with the cache's name first. */
  public String serialize(String cacheName) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (hit) {
      parameters.put("hit", true);
    }
    putIfKnown(parameters, "fwd", forwarded == null ? null : TokenItem.valueOf(forwarded.token()));
    putIfKnown(parameters, "fwd-status", forwardStatus);
    putIfKnown(parameters, "ttl", ttlSeconds == null ? null : withinRange(ttlSeconds));
    if (stored) {
      parameters.put("stored", true);
    }
    if (collapsed) {
      parameters.put("collapsed", true);
    }
    putIfKnown(parameters, "detail", detail == null ? null : TokenItem.valueOf(detail));
    return TokenItem.valueOf(cacheName).withParams(Parameters.valueOf(parameters)).serialize();
  }

  private static long withinRange(long number) {
    return Math.max(-MAX_INTEGER, Math.min(MAX_INTEGER, number));
  }

  private static void putIfKnown(Map<String, Object> parameters, String name, @Nullable Object o) {
    if (o != null) {
      parameters.put(name, o);
    }
  }
}
