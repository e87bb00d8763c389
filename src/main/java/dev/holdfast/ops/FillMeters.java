package dev.holdfast.ops;

import dev.holdfast.config.Origins;
import dev.holdfast.fill.FillObserver;
import dev.holdfast.fill.FillOutcome;
import dev.holdfast.http.NotStorable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** {@code holdfast.fills} and its kin: in flight, rescued, not stored. */
@Component
final class FillMeters implements FillObserver {

  private final MeterRegistry registry;
  private final Map<String, AtomicInteger> inFlight;
  private final Map<String, Counter> rescued;
  private final Map<String, Map<NotStorable, Counter>> notStored;
  private final Map<String, Map<String, Timer>> fills;

  FillMeters(MeterRegistry registry, Origins origins) {
    this.registry = registry;
    this.inFlight = OriginTags.perOrigin(origins, this::inFlightGauge);
    this.rescued = OriginTags.perOrigin(origins, this::rescuedCounter);
    Set<NotStorable> reasons = EnumSet.allOf(NotStorable.class);
    this.notStored = OriginTags.perOriginAnd(origins, reasons, this::notStoredCounter);
    this.fills = OriginTags.perOriginAnd(origins, FillOutcome.RESULTS, this::timer);
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

  private Counter notStoredCounter(String origin, NotStorable reason) {
    return Counter.builder("holdfast.fills.not.stored")
        .description("Whole responses that were not stored, by the reason")
        .tag(OriginTags.ORIGIN, origin)
        .tag("reason", reason.token())
        .register(registry);
  }

  private Timer timer(String origin, String result) {
    return Timer.builder("holdfast.fills")
        .description("Whole fills, by how they ended")
        .tag(OriginTags.ORIGIN, origin)
        .tag("result", result)
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
    if (outcome instanceof FillOutcome.NotStored passedOn) {
      OriginTags.of(notStored, origin, passedOn.reason()).increment();
    }
    OriginTags.of(fills, origin, outcome.result()).record(took);
    OriginTags.of(inFlight, origin).decrementAndGet(); // last: what is not in flight is counted
  }
}
