package dev.holdfast.ops;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import dev.holdfast.fill.Fills;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** {@code holdfast.fills.queued}: fills that wait to be let in to their origin. */
@Component
final class QueueMeters implements MeterBinder {

  private final Fills fills;
  private final Origins origins;

  QueueMeters(Fills fills, Origins origins) {
    this.fills = fills;
    this.origins = origins;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (OriginSettings origin : origins.all()) {
      Gauge.builder("holdfast.fills.queued", fills, all -> all.queued(origin.name()))
          .description("Fills that wait to be let in to their origin")
          .tag(OriginTags.ORIGIN, origin.name())
          .register(registry);
    }
  }
}
