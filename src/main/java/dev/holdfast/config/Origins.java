package dev.holdfast.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured origins: at least one, each with a path prefix of its own; immutable. */
public final class Origins {

  private final List<OriginSettings> byName;
  private final List<OriginSettings> longestPrefixFirst;

  private Origins(List<OriginSettings> byName) {
    this.byName = byName;
    this.longestPrefixFirst =
        byName.stream()
            .sorted(Comparator.comparingInt((OriginSettings o) -> -o.pathPrefix().length()))
            .toList();
  }

  /**
   * The origins that a configuration declares.
   *
   * @throws InvalidConfigurationException if there is none, or one cannot work
   */
  public static Origins of(HoldfastProperties properties) {
    if (properties.origins().isEmpty()) {
      throw new InvalidConfigurationException(
          "holdfast.origins",
          null,
          "no origin is configured, so there is nothing to fetch from",
          "Name one by its base URL, such as"
              + " --holdfast.origins.catalog.base-url=http://localhost:9000, or start the demo with"
              + " --spring.profiles.active=demo.");
    }
    List<OriginSettings> resolved =
        properties.origins().entrySet().stream()
            .map(entry -> OriginResolver.resolve(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(OriginSettings::name))
            .toList();
    refuseSharedPrefix(resolved);
    return new Origins(resolved);
  }

  private static void refuseSharedPrefix(List<OriginSettings> origins) {
    Map<String, OriginSettings> byPrefix = new LinkedHashMap<>();
    for (var origin : origins) {
      var other = byPrefix.putIfAbsent(origin.pathPrefix(), origin);
      if (other != null) {
        var property = OriginResolver.property(origin.name(), "path-prefix");
        throw new InvalidConfigurationException(
            property,
            origin.pathPrefix().isEmpty() ? "/" : origin.pathPrefix(),
            "the origin " + other.name() + " has the same path prefix",
            "Give each of them a prefix of its own: "
                + property
                + " or "
                + OriginResolver.property(other.name(), "path-prefix")
                + ".");
      }
    }
  }

  /**
   * The origin with the longest prefix that covers a path; null if none does.
   *
   * @param rawPath the path as received, without query and not decoded
   */
  public @Nullable OriginSettings match(String rawPath) {
    for (var origin : longestPrefixFirst) {
      if (origin.covers(rawPath)) {
        return origin;
      }
    }
    return null;
  }

  /** The origin of that name; null if there is none. */
  public @Nullable OriginSettings named(String name) {
    for (var origin : byName) {
      if (origin.name().equals(name)) {
        return origin;
      }
    }
    return null;
  }

  /** All origins, in the order of their names. */
  public Collection<OriginSettings> all() {
    return byName;
  }
}
