package dev.holdfast.config;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The one place that names the system's clock and timer; everybody else has {@link Time}. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

  @Bean
  Clock calendar() {
    return Clock.systemUTC();
  }

  /** Passing time, which nobody sets. */
  @Bean
  Ticker ticker() {
    return Ticker.systemTicker();
  }

  @Bean
  Time time(Ticker ticker, Clock calendar) {
    return new Time(ticker, calendar);
  }

  /** Runs time-outs. It is Reactor's shared parallel scheduler, so that nobody here disposes it. */
  @Bean(destroyMethod = "")
  Scheduler holdfastTimer() {
    return Schedulers.parallel();
  }

  /**
   * Has every breaker be open, and count, by passing time. Resilience4j's own bean of that name
   * knows customizers of single breakers only; this one is taken in its place.
   */
  @Bean
  @Primary
  @Qualifier("compositeCircuitBreakerCustomizer")
  CompositeCustomizer<CircuitBreakerConfigCustomizer> steadyBreakers(Time time) {
    return new SteadyBreakers(time);
  }
}
