package dev.holdfast.testing;

import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import dev.holdfast.config.PolicySettings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Origins as a configuration with nothing but their names would declare them. */
public final class TestOrigins {

  private TestOrigins() {}

  /** The origins of those names; nothing listens where they say. */
  public static Origins named(String... names) {
    var properties =
        Arrays.stream(names)
            .collect(
                Collectors.toMap(
                    name -> "holdfast.origins." + name + ".base-url",
                    (Function<String, Object>) name -> "http://origin.invalid"));
    return Origins.of(
        new Binder(new MapConfigurationPropertySource(properties))
            .bindOrCreate("holdfast", HoldfastProperties.class));
  }

  /** One origin as a configuration declares it, such as {@code caller-timeout=1s}. */
  public static OriginSettings settings(String name, String... written) {
    String group = "holdfast.origins." + name + ".";
    Map<String, Object> properties = new HashMap<>();
    properties.put(group + "base-url", "http://origin.invalid");
    for (String property : written) {
      String[] parts = property.split("=", 2);
      properties.put(group + parts[0], parts[1]);
    }
    return Objects.requireNonNull(
        Origins.of(
                new Binder(new MapConfigurationPropertySource(properties))
                    .bindOrCreate("holdfast", HoldfastProperties.class))
            .named(name));
  }

  /** One origin with those limits, made without a configuration: quickly. */
  public static OriginSettings settings(
      String name,
      Duration callerTimeout,
      Duration fetchTimeout,
      int maxQueuedFills,
      long maxStoredBodyBytes) {
    PolicySettings policy = PolicySettings.BY_DEFAULT;
    return new OriginSettings(
        name,
        URI.create("http://origin.invalid"),
        "origin.invalid",
        "/" + name,
        true,
        null,
        Map.of(),
        null,
        false,
        Duration.ofSeconds(1),
        256,
        Duration.ofSeconds(4),
        Duration.ofMinutes(5),
        true,
        maxQueuedFills,
        null,
        new PolicySettings(
            false,
            callerTimeout,
            fetchTimeout,
            policy.abandonedFills(),
            policy.defaultTtl(),
            policy.overrideTtl(),
            policy.heuristicFreshness(),
            policy.maxHeuristicTtl(),
            policy.ignoredDirectives(),
            policy.authorization(),
            policy.cookies(),
            policy.staleWhileRevalidate(),
            policy.staleIfError(),
            maxStoredBodyBytes,
            policy.key()),
        List.of());
  }
}
