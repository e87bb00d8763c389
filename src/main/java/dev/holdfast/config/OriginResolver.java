package dev.holdfast.config;

import dev.holdfast.config.HoldfastProperties.OriginProperties;
import java.util.Locale;
import java.util.regex.Pattern;

/** From one origin as written to one that works, or a refusal that names the property. */
final class OriginResolver {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

  private OriginResolver() {}

  static OriginSettings resolve(String name, OriginProperties origin) {
    checkName(name);
    var baseUrl = BaseUrl.parse(property(name, "base-url"), origin.baseUrl());
    var pool = origin.pool();
    return new OriginSettings(
        name,
        baseUrl,
        baseUrl.getRawAuthority(),
        PathPrefix.normalise(
            property(name, "path-prefix"),
            origin.pathPrefix() != null ? origin.pathPrefix() : "/" + name,
            name),
        origin.stripPrefix(),
        RequestHeaders.checked(
            property(name, "default-request-headers"), origin.defaultRequestHeaders()),
        Require.positive(property(name, "caller-timeout"), origin.callerTimeout(), "2s"),
        Require.positive(property(name, "fetch-timeout"), origin.fetchTimeout(), "30s"),
        Require.positive(property(name, "connect-timeout"), origin.connectTimeout(), "1s"),
        Require.positive(property(name, "pool.max-connections"), pool.maxConnections(), 256),
        Require.positive(property(name, "pool.max-idle-time"), pool.maxIdleTime(), "4s"),
        Require.positive(property(name, "pool.max-life-time"), pool.maxLifeTime(), "5m"),
        Require.notNegative(property(name, "max-queued-fills"), origin.maxQueuedFills(), 1000),
        Require.notNegative(property(name, "default-ttl"), origin.defaultTtl(), "60s"),
        origin.overrideTtl() == null
            ? null
            : Require.notNegative(property(name, "override-ttl"), origin.overrideTtl(), "60s"),
        origin.cookies(),
        Require.positive(property(name, "max-stored-body"), origin.maxStoredBody(), "8MB")
            .toBytes());
  }

  static String property(String name, String property) {
    return "holdfast.origins." + name + "." + property;
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      var plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").replaceAll("^\\d+", "");
      throw new InvalidConfigurationException(
          "holdfast.origins." + name,
          name,
          "an origin's name is a lower-case letter, then lower-case letters and digits,"
              + " so that environment variables can name it",
          "Write holdfast.origins." + (plain.isEmpty() ? "catalog" : plain) + " instead.");
    }
  }
}
