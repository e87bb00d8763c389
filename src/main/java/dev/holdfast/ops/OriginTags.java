package dev.holdfast.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;

/** The tag that all of an origin's meters carry, and what belongs to it. */
final class OriginTags {

  static final String ORIGIN = "origin";

  private OriginTags() {}

  /** What was registered for a configured origin. */
  static <T> T of(Map<String, T> perOrigin, String origin) {
    return Objects.requireNonNull(perOrigin.get(origin), origin);
  }

  /** Registers a gauge that shows the number, which the caller keeps. */
  static <N extends Number> N gauge(
      MeterRegistry registry, String name, String description, String origin, N number) {
    Gauge.builder(name, number, Number::doubleValue)
        .description(description)
        .tag(ORIGIN, origin)
        .strongReference(true)
        .register(registry);
    return number;
  }
}
