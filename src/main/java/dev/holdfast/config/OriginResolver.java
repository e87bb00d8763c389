package dev.holdfast.config;

import dev.holdfast.config.HoldfastProperties.OriginProperties;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From one origin as written to one that works, or a refusal that names the property. */
final class OriginResolver {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

  private OriginResolver() {}

  static OriginSettings resolve(String name, OriginProperties origin) {
    checkName(name);
    var baseUrl = BaseUrl.parse(property(name, "base-url"), origin.baseUrl());
    var pool = origin.pool();
    var policy =
        new PolicyResolver("holdfast.origins." + name, PolicySettings.BY_DEFAULT)
            .resolve(origin.asRule());
    return new OriginSettings(
        name,
        baseUrl,
        baseUrl.getRawAuthority(),
        PathPrefix.normalise(
            property(name, "path-prefix"),
            origin.pathPrefix() != null ? origin.pathPrefix() : "/" + name,
            name),
        origin.stripPrefix(),
        sslBundle(name, origin, baseUrl),
        RequestHeaders.checked(
            property(name, "default-request-headers"), origin.defaultRequestHeaders()),
        origin.allowedRequestHeaders() == null
            ? null
            : RequestHeaders.allowed(
                property(name, "allowed-request-headers"), origin.allowedRequestHeaders()),
        origin.exposeTags(),
        Require.positive(property(name, "connect-timeout"), origin.connectTimeout(), "1s"),
        Require.positive(property(name, "pool.max-connections"), pool.maxConnections(), 256),
        Require.positive(property(name, "pool.max-idle-time"), pool.maxIdleTime(), "4s"),
        Require.positive(property(name, "pool.max-life-time"), pool.maxLifeTime(), "5m"),
        origin.resend(),
        Require.notNegative(property(name, "max-queued-fills"), origin.maxQueuedFills(), 1000),
        origin.maxAbandonedFills() == null
            ? null
            : Require.positive(
                property(name, "max-abandoned-fills"), origin.maxAbandonedFills(), 128),
        policy,
        RuleResolver.resolve(property(name, "rules"), origin.rules(), policy));
  }

  private static @Nullable String sslBundle(String name, OriginProperties origin, URI baseUrl) {
    var bundle = origin.ssl().bundle();
    if (bundle != null && !baseUrl.getScheme().equals("https")) {
      var property = property(name, "ssl.bundle");
      throw new InvalidConfigurationException(
          property,
          bundle,
          "the origin's base URL is not https, so no certificate would be asked for or shown",
          "Write an https URL as "
              + property(name, "base-url")
              + ", or leave "
              + property
              + " out.");
    }
    return bundle;
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
