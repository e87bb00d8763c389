package dev.holdfast.ops;

import dev.holdfast.config.Origins;
import dev.holdfast.fill.Fills;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/**
 * {@code holdfast.fills.queued}, {@code holdfast.fills.without.callers}: fills that wait to be let
 * in to their origin, and those that run for nobody.
 */
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
    OriginTags.gauges(
        registry,
        origins,
        "holdfast.fills.queued",
        "Fills that wait to be let in to their origin",
        fills::queued);
    OriginTags.gauges(
        registry,
        origins,
        "holdfast.fills.without.callers",
        "Fills that run without callers",
        fills::withoutCallers);
  }
}
