package dev.holdfast.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One origin, checked and resolved.
 *
 * @param name the origin's name, {@code [a-z][a-z0-9]*}
 * @param baseUrl scheme ({@code http} or {@code https}), host, port if written, and the raw base
 *     path without a trailing slash (empty for none)
 * @param authority the {@code Host} to send: the base URL's host, and its port if written
 * @param pathPrefix starts with a slash and does not end with one; empty for the prefix {@code /}
 * @param stripPrefix whether the path is forwarded without the prefix
 * @param defaultRequestHeaders set on every fetch, by name; values may be secret
 * @param callerTimeout how long a caller waits for the head; above zero
 * @param fetchTimeout from a fetch's start to its last byte; above zero
 * @param connectTimeout for a connection to be made; above zero
 * @param maxConnections open at once; above zero
 * @param maxIdleTime an idle connection closes after it; above zero
 * @param maxLifeTime a connection is not used again after it; above zero
 * @param maxQueuedFills fetches that wait for the bulkhead; zero or above
 * @param defaultTtl freshness lifetime of a response that says nothing about its own
 * @param overrideTtl freshness lifetime of every storable response; null for the response's own
 * @param cookies what a cookie makes of a request or a response
 * @param maxStoredBodyBytes a longer body is not stored; above zero
 */
public record OriginSettings(
    String name,
    URI baseUrl,
    String authority,
    String pathPrefix,
    boolean stripPrefix,
    Map<String, String> defaultRequestHeaders,
    Duration callerTimeout,
    Duration fetchTimeout,
    Duration connectTimeout,
    int maxConnections,
    Duration maxIdleTime,
    Duration maxLifeTime,
    int maxQueuedFills,
    Duration defaultTtl,
    @Nullable Duration overrideTtl,
    Cookies cookies,
    long maxStoredBodyBytes) {

  /**
   * Whether a raw path lies under this origin's prefix: whole segments, byte for byte.
   *
   * @param rawPath the path as received, without query and not decoded
   */
  public boolean covers(String rawPath) {
    return rawPath.startsWith(pathPrefix)
        && (rawPath.length() == pathPrefix.length() || rawPath.charAt(pathPrefix.length()) == '/');
  }

  /** The origin without its header values, which may be secret. */
  @Override
  public String toString() {
    return "OriginSettings[name="
        + name
        + ", baseUrl="
        + baseUrl
        + ", pathPrefix="
        + pathPrefix
        + ", defaultRequestHeaders="
        + defaultRequestHeaders.keySet()
        + "]";
  }
}
