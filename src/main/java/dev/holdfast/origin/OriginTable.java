package dev.holdfast.origin;

import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import dev.holdfast.config.PolicySettings;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.ssl.SslContext;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** All origins by name: nothing else is ever connected to. Their event loops are their own. */
@Component
public final class OriginTable implements OriginProbe, DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(OriginTable.class);

  /** What all fetches of one origin share. */
  private record Shared(
      OriginSettings settings, OriginClient client, Guards guards, Scheduler timer) {

    Origin under(PolicySettings policy) {
      FetchTimeout fetchTimeout = new FetchTimeout(policy.fetchTimeout(), timer);
      return new GuardedOrigin(settings, client.under(policy, fetchTimeout), guards, fetchTimeout);
    }
  }

  private final LoopResources loops = LoopResources.create("holdfast-origin");
  private final Map<String, Shared> byName;
  private final Map<String, HeadProbe> probes;

  OriginTable(
      HoldfastProperties properties,
      Origins origins,
      SslBundles bundles,
      CircuitBreakerRegistry breakers,
      BulkheadRegistry bulkheads,
      RetryRegistry retries,
      MeterRegistry meters,
      Scheduler timer) {
    Function<OriginSettings, Shared> create =
        settings -> {
          String name = settings.name();
          Guards guards =
              new Guards(
                  new WaitingLine(bulkheads.bulkhead(name), settings.maxQueuedFills()),
                  breakers.circuitBreaker(name),
                  retries.retry(name));
          logTransitions(guards.breaker());
          OriginClient client =
              new OriginClient(
                  properties.name(),
                  settings,
                  tls(settings, bundles),
                  loops,
                  OriginClient.pool(settings),
                  new FetchTimeout(settings.fetchTimeout(), timer),
                  new ClientTimer(meters, name));
          return new Shared(settings, client, guards, timer);
        };
    Function<OriginSettings, HeadProbe> probe =
        settings ->
            new HeadProbe(
                settings,
                new OriginClient(
                    properties.name(),
                    settings,
                    tls(settings, bundles),
                    loops,
                    ConnectionProvider.newConnection(),
                    new FetchTimeout(settings.fetchTimeout(), timer),
                    new ClientTimer(meters, settings.name())),
                timer);
    this.byName = origins.all().stream().collect(Collectors.toMap(OriginSettings::name, create));
    this.probes = origins.all().stream().collect(Collectors.toMap(OriginSettings::name, probe));
  }

  private static @Nullable SslContext tls(OriginSettings settings, SslBundles bundles) {
    String bundle = settings.sslBundle();
    return bundle == null ? null : OriginTls.of(bundles.getBundle(bundle));
  }

  /**
   * The origin of that name, which the configuration declares, fetched from under that policy:
   * under each it is the same, with the same guards and connections.
   */
  public Origin named(String name, PolicySettings policy) {
    return declared(byName, name).under(policy);
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
    byName.values().forEach(shared -> shared.client().close());
    loops.dispose();
  }
}
