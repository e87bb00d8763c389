package dev.holdfast.ops;

import dev.holdfast.config.Origins;
import dev.holdfast.service.WaitingObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** {@code holdfast.callers.waiting} and {@code holdfast.callers.refused}. */
@Component
final class CallerMeters implements WaitingObserver {

  private final MeterRegistry registry;
  private final Map<String, AtomicInteger> waiting;
  private final Map<String, Counter> refused;

  CallerMeters(MeterRegistry registry, Origins origins) {
    this.registry = registry;
    this.waiting = OriginTags.perOrigin(origins, this::waitingGauge);
    this.refused = OriginTags.perOrigin(origins, this::refusedCounter);
  }

  private AtomicInteger waitingGauge(String origin) {
    return OriginTags.gauge(
        registry,
        "holdfast.callers.waiting",
        "Callers that wait for a head",
        origin,
        new AtomicInteger());
  }

  private Counter refusedCounter(String origin) {
    return Counter.builder("holdfast.callers.refused")
        .description("Callers refused because as many as may wait for a head did already")
        .tag(OriginTags.ORIGIN, origin)
        .register(registry);
  }

  @Override
  public void began(String origin) {
    OriginTags.of(waiting, origin).incrementAndGet();
  }

  @Override
  public void ended(String origin) {
    OriginTags.of(waiting, origin).decrementAndGet();
  }

  @Override
  public void refused(String origin) {
    OriginTags.of(refused, origin).increment();
  }
}
