package dev.holdfast.ops;

import dev.holdfast.config.Origins;
import dev.holdfast.service.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** {@code holdfast.requests} and {@code holdfast.callers.left}. */
@Component
final class RequestMeters implements RequestObserver {

  private final MeterRegistry registry;
  private final Map<String, Map<Result, Timer>> answered;
  private final Map<String, Map<Left, Counter>> left;

  RequestMeters(MeterRegistry registry, Origins origins) {
    this.registry = registry;
    Set<Result> results = EnumSet.allOf(Result.class);
    this.answered = OriginTags.perOriginAnd(origins, results, this::timer);
    this.left = OriginTags.perOriginAnd(origins, EnumSet.allOf(Left.class), this::leftCounter);
  }

  private Timer timer(String origin, Result result) {
    return Timer.builder("holdfast.requests")
        .description("Callers' requests, until the head of the answer is known")
        .tag(OriginTags.ORIGIN, origin)
        .tag("result", result.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private Counter leftCounter(String origin, Left reason) {
    return Counter.builder("holdfast.callers.left")
        .description("Callers that went without their whole answer")
        .tag(OriginTags.ORIGIN, origin)
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  @Override
  public void answered(String origin, Result result, Duration took) {
    OriginTags.of(answered, origin, result).record(took);
  }

  @Override
  public void left(String origin, Left reason) {
    OriginTags.of(left, origin, reason).increment();
  }
}
