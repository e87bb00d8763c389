package dev.holdfast.config;

import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import java.util.List;
import java.util.Optional;

/** Gives every circuit breaker a clock that is never set. */
final class SteadyBreakers extends CompositeCustomizer<CircuitBreakerConfigCustomizer> {

  private final Time time;

  SteadyBreakers(Time time) {
    super(List.of());
    this.time = time;
  }

  @Override
  public Optional<CircuitBreakerConfigCustomizer> getCustomizer(String breaker) {
    return Optional.of(
        CircuitBreakerConfigCustomizer.of(breaker, config -> config.clock(time.steady())));
  }
}
