package dev.holdfast.ops;

import dev.holdfast.config.Origins;
import dev.holdfast.fill.FillObserver;
import dev.holdfast.fill.FillOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** {@code holdfast.fills} and its kin: in flight, rescued, not stored. */
@Component
final class FillMeters implements FillObserver {

  private final MeterRegistry registry;
  private final Map<String, AtomicInteger> inFlight;
  private final Map<String, Counter> rescued;

  FillMeters(MeterRegistry registry, Origins origins) {
    this.registry = registry;
    this.inFlight = OriginTags.perOrigin(origins, this::inFlightGauge);
    this.rescued = OriginTags.perOrigin(origins, this::rescuedCounter);
  }

  private AtomicInteger inFlightGauge(String origin) {
    return OriginTags.gauge(
        registry, "holdfast.fills.in.flight", "Fills that run now", origin, new AtomicInteger());
  }

  private Counter rescuedCounter(String origin) {
    return Counter.builder("holdfast.fills.rescued")
        .description("Responses stored although every caller had left before it had the whole")
        .tag(OriginTags.ORIGIN, origin)
        .register(registry);
  }

  @Override
  public void began(String origin) {
    OriginTags.of(inFlight, origin).incrementAndGet();
  }

  @Override
  public void ended(String origin, FillOutcome outcome, Duration took) {
    if (outcome instanceof FillOutcome.Stored stored && stored.rescued()) {
      OriginTags.of(rescued, origin).increment();
    }
    if (outcome instanceof FillOutcome.NotStored notStored) {
      Counter.builder("holdfast.fills.not.stored")
          .description("Whole responses that were not stored, by the reason")
          .tag(OriginTags.ORIGIN, origin)
          .tag("reason", notStored.reason().token())
          .register(registry)
          .increment();
    }
    Timer.builder("holdfast.fills")
        .description("Whole fills, by how they ended")
        .tag(OriginTags.ORIGIN, origin)
        .tag("result", outcome.result())
        .register(registry)
        .record(took);
    OriginTags.of(inFlight, origin).decrementAndGet(); // last: what is not in flight is counted
  }
}
