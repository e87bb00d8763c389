package dev.holdfast.ops;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The tag that all of an origin's meters carry, and what belongs to it. */
final class OriginTags {

  static final String ORIGIN = "origin";

  private OriginTags() {}

  /** What is registered for each configured origin, by its name. */
  static <T> Map<String, T> perOrigin(Origins origins, Function<String, T> meter) {
    return origins.all().stream()
        .map(OriginSettings::name)
        .collect(Collectors.toMap(Function.identity(), meter));
  }

  /**
   * What is registered for each configured origin and each of these, by both: from the start, so
   * that the first event is one more than was there, and not a series that is new.
   */
  static <K, T> Map<String, Map<K, T>> perOriginAnd(
      Origins origins, Collection<K> keys, BiFunction<String, K, T> meter) {
    return perOrigin(
        origins,
        origin ->
            keys.stream()
                .collect(Collectors.toMap(Function.identity(), key -> meter.apply(origin, key))));
  }

  /** Registers a gauge for each configured origin that asks for the number when it is read. */
  static void gauges(
      MeterRegistry registry,
      Origins origins,
      String name,
      String description,
      ToDoubleFunction<String> number) {
    for (OriginSettings origin : origins.all()) {
      Gauge.builder(name, () -> number.applyAsDouble(origin.name()))
          .description(description)
          .tag(ORIGIN, origin.name())
          .register(registry);
    }
  }

  /** What was registered for a configured origin. */
  static <T> T of(Map<String, T> perOrigin, String origin) {
    return Objects.requireNonNull(perOrigin.get(origin), origin);
  }

  /** What was registered for a configured origin and one of the keys. */
  static <K, T> T of(Map<String, Map<K, T>> perOriginAnd, String origin, K key) {
    return Objects.requireNonNull(of(perOriginAnd, origin).get(key), () -> origin + " " + key);
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
