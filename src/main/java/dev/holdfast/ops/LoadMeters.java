package dev.holdfast.ops;

import dev.holdfast.config.Origins;
import dev.holdfast.fill.Loads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** {@code holdfast.loads.in.flight}: loads of values that Spring's annotations cache. */
@Component
final class LoadMeters implements MeterBinder {

  private final Origins origins;
  private final Loads loads;

  LoadMeters(Origins origins, Loads loads) {
    this.origins = origins;
    this.loads = loads;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    OriginTags.gauges(
        registry,
        origins,
        "holdfast.loads.in.flight",
        "Loads of Spring's cached values that run now",
        loads::running);
  }
}
