package dev.holdfast.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What stands under {@code holdfast.} in the configuration, as written: {@link Origins} is what the
 * other rooms ask.
 *
 * @param name This cache's name in Cache-Status and Via. A letter, then letters, digits, '.', '_'
 *     and '-'.
 * @param cache Limits of the whole cache.
 * @param callers Limits of the callers' side.
 * @param purge Who may have stored responses made unusable.
 * @param origins The origins by name: lower-case letters and digits, starting with a letter.
 */
@ConfigurationProperties(prefix = "holdfast", ignoreUnknownFields = false)
public record HoldfastProperties(
    @DefaultValue("holdfast") String name,
    @DefaultValue Cache cache,
    @DefaultValue Callers callers,
    @DefaultValue Purge purge,
    @DefaultValue Map<String, OriginProperties> origins) {

  /** An RFC 8941 token that is also a pseudonym as RFC 9110 §7.6.3 has it. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

  public HoldfastProperties {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidConfigurationException(
          "holdfast.name",
          name,
          "it stands in Cache-Status and Via, and is not a token that both can carry",
          "Write a letter, then letters, digits, '.', '_' or '-', such as"
              + " holdfast.name=holdfast-1.");
    }
    origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
  }

  /**
   * Limits of the whole cache.
   *
   * @param maxMemory Bytes that stored responses may take: bodies, heads, keys and overhead. A
   *     quarter of the memory the JVM may use, unless set.
   * @param maxInFlightMemory Bytes that running fills may hold. An eighth of the memory the JVM may
   *     use, unless set.
   */
  public record Cache(@Nullable DataSize maxMemory, @Nullable DataSize maxInFlightMemory) {

    public Cache {
      if (maxMemory != null) {
        Require.positive("holdfast.cache.max-memory", maxMemory, "256MB");
      }
      if (maxInFlightMemory != null) {
        Require.positive("holdfast.cache.max-in-flight-memory", maxInFlightMemory, "128MB");
      }
    }

    /** Bytes that stored responses may take: as configured, or a quarter of the JVM's memory. */
    public long maxMemoryBytes() {
      return maxMemory != null ? maxMemory.toBytes() : Runtime.getRuntime().maxMemory() / 4;
    }

    /** Bytes that running fills may hold: as configured, or an eighth of the JVM's memory. */
    public long maxInFlightMemoryBytes() {
      return maxInFlightMemory != null
          ? maxInFlightMemory.toBytes()
          : Runtime.getRuntime().maxMemory() / 8;
    }
  }

  /**
   * Limits of the callers' side.
   *
   * @param maxWaiting Callers that may wait for the head of an answer at once, of all origins
   *     together. One more is answered 503.
   * @param maxPatience The longest wait that a caller can ask for by Prefer.
   * @param headTimeout For a request's head to arrive whole, and how long its body may keep the
   *     origin waiting.
   * @param idleTimeout A connection without a request closes after it.
   * @param writeTimeout The longest pause in a caller's reading before it is cut off.
   * @param shutdownDelay For how long connections and requests are still taken once the process is
   *     told to stop.
   */
  public record Callers(
      @DefaultValue("10000") int maxWaiting,
      @DefaultValue("60s") Duration maxPatience,
      @DefaultValue("10s") Duration headTimeout,
      @DefaultValue("60s") Duration idleTimeout,
      @DefaultValue("30s") Duration writeTimeout,
      @DefaultValue("0s") Duration shutdownDelay) {

    public Callers {
      Require.positive("holdfast.callers.max-waiting", maxWaiting, 10_000);
      Require.positive("holdfast.callers.max-patience", maxPatience, "60s");
      Require.positive("holdfast.callers.head-timeout", headTimeout, "10s");
      Require.positive("holdfast.callers.idle-timeout", idleTimeout, "60s");
      Require.positive("holdfast.callers.write-timeout", writeTimeout, "30s");
      Require.notNegative("holdfast.callers.shutdown-delay", shutdownDelay, "6s");
    }
  }

  /**
   * Who may have stored responses made unusable.
   *
   * @param tokens Bearer tokens, each of which allows it; of 16 characters or more. Without any,
   *     purging is off.
   */
  public record Purge(@DefaultValue List<String> tokens) {

    /** RFC 6750 §2.1, and long enough not to be guessed. */
    private static final Pattern TOKEN = Pattern.compile("(?=.{16})[A-Za-z0-9._~+/-]+=*");

    public Purge {
      tokens = List.copyOf(tokens);
      for (int i = 0; i < tokens.size(); i++) {
        if (!TOKEN.matcher(tokens.get(i)).matches()) {
          throw new InvalidConfigurationException(
              "holdfast.purge.tokens[" + i + "]",
              null,
              "it is no bearer token of 16 characters or more",
              "Write letters, digits, '-', '.', '_', '~', '+', '/', such as the output of"
                  + " openssl rand -hex 32.");
        }
      }
    }

    /** Only how many there are: they are secret. */
    @Override
    public String toString() {
      return "Purge[tokens=" + tokens.size() + "]";
    }
  }

  /**
   * One origin, as written; {@link OriginSettings} is the same, checked and resolved.
   *
   * @param baseUrl Where the origin is. Required.
   * @param pathPrefix Requests under it go to this origin. "/NAME", unless set.
   * @param stripPrefix Whether the path is forwarded without the prefix.
   * @param ssl TLS to the origin.
   * @param defaultRequestHeaders Headers set on every fetch.
   * @param allowedRequestHeaders The whole list of callers' headers that a fetch carries. All
   *     end-to-end ones but known override names, unless set.
   * @param exposeTags Whether callers get the tags that the origin gives its responses.
   * @param callerTimeout How long a caller waits for the head.
   * @param fetchTimeout From a fetch's start to its last byte.
   * @param connectTimeout For a connection to be made.
   * @param pool Connections to the origin.
   * @param resend Whether an idempotent request is sent once more when a reused connection closes
   *     before any byte of the response.
   * @param maxQueuedFills Fetches that wait for the bulkhead, each at most until its last caller
   *     has left.
   * @param abandonedFills What becomes of a fill when its last caller has left.
   * @param maxAbandonedFills Fills that run without callers, background ones included. Half of the
   *     bulkhead, unless set.
   * @param defaultTtl Freshness lifetime of a response that says nothing about its own.
   * @param overrideTtl Freshness lifetime of every storable response.
   * @param heuristicFreshness Whether a tenth of the time since Last-Modified is a freshness
   *     lifetime.
   * @param maxHeuristicTtl The longest such lifetime.
   * @param ignoreResponseDirectives Cache-Control directives of responses that do not count.
   * @param authorization Whose responses to requests with Authorization are.
   * @param cookies What a cookie makes of a request or a response.
   * @param staleWhileRevalidate For how long a stale response is served while it is renewed, for
   *     responses with no such directive.
   * @param staleIfError For how long a stale response is served when there is no other, for
   *     responses with no such directive.
   * @param maxStoredBody A longer body streams through and is not stored.
   * @param key What of a request makes its key.
   * @param rules What holds for some paths or statuses; the first match wins.
   */
  public record OriginProperties(
      @Nullable String baseUrl,
      @Nullable String pathPrefix,
      @DefaultValue("true") boolean stripPrefix,
      @DefaultValue Ssl ssl,
      @DefaultValue Map<String, String> defaultRequestHeaders,
      @Nullable List<String> allowedRequestHeaders,
      @DefaultValue("false") boolean exposeTags,
      @DefaultValue("2s") Duration callerTimeout,
      @DefaultValue("30s") Duration fetchTimeout,
      @DefaultValue("1s") Duration connectTimeout,
      @DefaultValue Pool pool,
      @DefaultValue("true") boolean resend,
      @DefaultValue("1000") int maxQueuedFills,
      @DefaultValue("complete") AbandonedFills abandonedFills,
      @Nullable Integer maxAbandonedFills,
      @DefaultValue("0s") Duration defaultTtl,
      @Nullable Duration overrideTtl,
      @DefaultValue("false") boolean heuristicFreshness,
      @DefaultValue("24h") Duration maxHeuristicTtl,
      @DefaultValue List<String> ignoreResponseDirectives,
      @DefaultValue("shared") Authorization authorization,
      @DefaultValue("private") Cookies cookies,
      @DefaultValue("0s") Duration staleWhileRevalidate,
      @DefaultValue("0s") Duration staleIfError,
      @DefaultValue("8MB") DataSize maxStoredBody,
      @DefaultValue Key key,
      @DefaultValue List<RuleProperties> rules) {

    public OriginProperties {
      defaultRequestHeaders =
          Collections.unmodifiableMap(new LinkedHashMap<>(defaultRequestHeaders));
    }

    /** What the origin says of its responses, as a rule for all of them. */
    RuleProperties asRule() {
      return new RuleProperties(
          List.of(),
          List.of(),
          false,
          callerTimeout,
          fetchTimeout,
          abandonedFills,
          defaultTtl,
          overrideTtl,
          heuristicFreshness,
          maxHeuristicTtl,
          ignoreResponseDirectives,
          authorization,
          cookies,
          staleWhileRevalidate,
          staleIfError,
          maxStoredBody,
          new RuleProperties.Key(key.ignoredQueryParameters, key.sortedQuery, key.headers));
    }

    /** The origin without its header values and its base URL, which may be secret. */
    @Override
    public String toString() {
      return "OriginProperties[pathPrefix="
          + pathPrefix
          + ", defaultRequestHeaders="
          + defaultRequestHeaders.keySet()
          + "]";
    }
  }

  /**
   * TLS to one origin.
   *
   * @param bundle The SSL bundle whose trust and client certificate are used.
   */
  public record Ssl(@Nullable String bundle) {}

  /**
   * What of a request makes its key, beside its path.
   *
   * @param ignoredQueryParameters Names, or beginnings of names followed by an asterisk, of query
   *     parameters left out of the key.
   * @param sortedQuery Whether parameters in another order are the same key.
   * @param headers Request headers that are always part of the key.
   */
  public record Key(
      @DefaultValue List<String> ignoredQueryParameters,
      @DefaultValue("false") boolean sortedQuery,
      @DefaultValue List<String> headers) {}

  /**
   * Connections to one origin.
   *
   * @param maxConnections Open at once.
   * @param maxIdleTime An idle connection closes after it.
   * @param maxLifeTime A connection is not used again after it.
   */
  public record Pool(
      @DefaultValue("256") int maxConnections,
      @DefaultValue("4s") Duration maxIdleTime,
      @DefaultValue("5m") Duration maxLifeTime) {}
}
