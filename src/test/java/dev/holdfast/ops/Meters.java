package dev.holdfast.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Meters as text: {@code TYPE name{tag=value, …}}. */
final class Meters {

  private Meters() {}

  /** All meters of the registry, sorted. */
  static List<String> of(MeterRegistry registry) {
    return registry.getMeters().stream().map(Meters::text).sorted().toList();
  }

  private static String text(Meter meter) {
    Meter.Id id = meter.getId();
    String tags =
        id.getTags().stream()
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
    return id.getType() + " " + id.getName() + tags;
  }

  /** The value of the gauge, or the count of the counter, of that name and those tags. */
  static double value(MeterRegistry registry, String name, String... tags) {
    Meter meter = Objects.requireNonNull(registry.find(name).tags(tags).meter(), name);
    return meter.measure().iterator().next().getValue();
  }
}
