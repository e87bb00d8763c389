package dev.holdfast.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param sslBundle the name of the SSL bundle that says whom to trust and what to show; null for
 *     the JVM's trust
 * @param defaultRequestHeaders set on every fetch, by name; values may be secret
 * @param allowedRequestHeaders the callers' fields that a fetch carries, in lower case; null for
 *     all end-to-end ones but known override names
 * @param exposeTags whether callers get the tags that the origin gives its responses
 * @param connectTimeout for a connection to be made; above zero
 * @param maxConnections open at once; above zero
 * @param maxIdleTime an idle connection closes after it; above zero
 * @param maxLifeTime a connection is not used again after it; above zero
 * @param resend whether an idempotent request is sent once more when a reused connection closes
 *     before any byte of the response
 * @param maxQueuedFills fetches that wait for the bulkhead; zero or above
 * @param maxAbandonedFills fills that run without callers; above zero; null for half of the
 *     bulkhead
 * @param policy where no rule says otherwise
 * @param rules in their order: the first match wins
 */
public record OriginSettings(
    String name,
    URI baseUrl,
    String authority,
    String pathPrefix,
    boolean stripPrefix,
    @Nullable String sslBundle,
    Map<String, String> defaultRequestHeaders,
    @Nullable Set<String> allowedRequestHeaders,
    boolean exposeTags,
    Duration connectTimeout,
    int maxConnections,
    Duration maxIdleTime,
    Duration maxLifeTime,
    boolean resend,
    int maxQueuedFills,
    @Nullable Integer maxAbandonedFills,
    PolicySettings policy,
    List<RuleSettings> rules) {

  /** How long a caller waits for the head where no rule says otherwise; above zero. */
  public Duration callerTimeout() {
    return policy.callerTimeout();
  }

  /** From a fetch's start to its last byte where no rule says otherwise; above zero. */
  public Duration fetchTimeout() {
    return policy.fetchTimeout();
  }

  /**
   * The origin's own path for a raw path that {@link #covers covers} accepts: without the prefix
   * where that is stripped.
   */
  public String ownPath(String rawPath) {
    String path = stripPrefix ? rawPath.substring(pathPrefix.length()) : rawPath;
    return path.isEmpty() ? "/" : path;
  }

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
