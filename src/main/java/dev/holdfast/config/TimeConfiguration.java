package dev.holdfast.config;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The one place that names the system's clock and timer; everybody else has them injected. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** The time by which stored responses expire. */
  @Bean
  Ticker ticker() {
    return Ticker.systemTicker();
  }

  /** Runs time-outs. It is Reactor's shared parallel scheduler, so that nobody here disposes it. */
  @Bean(destroyMethod = "")
  Scheduler holdfastTimer() {
    return Schedulers.parallel();
  }
}
