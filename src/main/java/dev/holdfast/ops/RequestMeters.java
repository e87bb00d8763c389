package dev.holdfast.ops;

import dev.holdfast.service.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** {@code holdfast.requests} and {@code holdfast.callers.left}. */
@Component
final class RequestMeters implements RequestObserver {

  private final MeterRegistry registry;

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void answered(String origin, Result result, Duration took) {
    Timer.builder("holdfast.requests")
        .description("Callers' requests, until the head of the answer is known")
        .tag(OriginTags.ORIGIN, origin)
        .tag("result", result.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(took);
  }

  @Override
  public void left(String origin, Left reason) {
    Counter.builder("holdfast.callers.left")
        .description("Callers that went without their whole answer")
        .tag(OriginTags.ORIGIN, origin)
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }
}
