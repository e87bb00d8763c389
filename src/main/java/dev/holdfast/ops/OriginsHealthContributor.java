package dev.holdfast.ops;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code /actuator/health/origins}: each origin by its probe, UP if it answers at all. */
@Component
final class OriginsHealthContributor implements CompositeReactiveHealthContributor {

  private final Map<String, ReactiveHealthIndicator> indicators = new LinkedHashMap<>();

  OriginsHealthContributor(Origins origins, Probes probes) {
    for (OriginSettings origin : origins.all()) {
      ProbeKey key = new ProbeKey(origin.name());
      indicators.put(
          origin.name(),
          () ->
              Mono.defer(() -> probes.of(key))
                  .map(Probed::health)
                  .onErrorResume(refused -> Mono.just(unknown(refused))));
    }
  }

  /** Nothing is known of an origin that could not be asked. */
  private static Health unknown(Throwable refused) {
    return Health.unknown().withDetail("reason", String.valueOf(refused.getMessage())).build();
  }

  @Override
  public @Nullable ReactiveHealthContributor getContributor(String name) {
    return indicators.get(name);
  }

  @Override
  public Stream<ReactiveHealthContributors.Entry> stream() {
    return indicators.entrySet().stream()
        .map(named -> new ReactiveHealthContributors.Entry(named.getKey(), named.getValue()));
  }
}
