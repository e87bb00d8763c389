package dev.holdfast.origin;

import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** All origins by name: nothing else is ever connected to. Their event loops are their own. */
@Component
public final class OriginTable implements OriginProbe, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(OriginTable.class);

  private final LoopResources loops = LoopResources.create("holdfast-origin");
  private final Map<String, GuardedOrigin> byName;
  private final Map<String, HeadProbe> probes;

  OriginTable(
      HoldfastProperties properties,
      Origins origins,
      CircuitBreakerRegistry breakers,
      BulkheadRegistry bulkheads,
      RetryRegistry retries,
      MeterRegistry meters,
      Scheduler timer) {
    Function<OriginSettings, GuardedOrigin> create =
        settings -> {
          String name = settings.name();
          Guards guards =
              new Guards(
                  new WaitingLine(bulkheads.bulkhead(name), settings.maxQueuedFills()),
                  breakers.circuitBreaker(name),
                  retries.retry(name));
          logTransitions(guards.breaker());
          FetchTimeout fetchTimeout = new FetchTimeout(settings.fetchTimeout(), timer);
          return new GuardedOrigin(
              settings,
              new OriginClient(
                  properties.name(),
                  settings,
                  loops,
                  OriginClient.pool(settings),
                  fetchTimeout,
                  new ClientTimer(meters, name)),
              guards,
              fetchTimeout);
        };
    Function<OriginSettings, HeadProbe> probe =
        settings ->
            new HeadProbe(
                settings,
                new OriginClient(
                    properties.name(),
                    settings,
                    loops,
                    ConnectionProvider.newConnection(),
                    new FetchTimeout(settings.fetchTimeout(), timer),
                    new ClientTimer(meters, settings.name())),
                timer);
    this.byName = origins.all().stream().collect(Collectors.toMap(OriginSettings::name, create));
    this.probes = origins.all().stream().collect(Collectors.toMap(OriginSettings::name, probe));
  }

  /** The origin of that name, which the configuration declares. */
  public Origin named(String name) {
    return declared(byName, name);
  }

  @Override
  public Mono<Integer> probe(String origin) {
    return declared(probes, origin).status();
  }

  private static <T> T declared(Map<String, T> all, String name) {
    T found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no origin is named " + name);
    }
    return found;
  }

  private static void logTransitions(CircuitBreaker breaker) {
    breaker
        .getEventPublisher()
        .onStateTransition(
            event ->
                log.warn(
                    "event=breaker origin={} from={} to={}",
                    event.getCircuitBreakerName(),
                    event.getStateTransition().getFromState(),
                    event.getStateTransition().getToState()));
  }

  @Override
  public void destroy() {
    byName.values().forEach(GuardedOrigin::close);
    loops.dispose();
  }
}
