package dev.holdfast.ops;

import dev.holdfast.origin.OriginFailure;
import dev.holdfast.origin.OriginProbe;
import java.io.IOException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The origins' probes, cached: one request for all who ask in the same seconds. */
@Component
class Probes {

  private final OriginProbe origins;
  private final Scheduler timer;

  Probes(OriginProbe origins, Scheduler timer) {
    this.origins = origins;
    this.timer = timer;
  }

  /**
   * What the origin's probe found, up to {@link Probed#KEPT_FOR} ago.
   *
   * <p>Hot, as the cache makes it: called is probed. Cancelling reaches neither the probe nor
   * others who wait for it. Fails only where the cache refuses to load; that the origin is down is
   * a value.
   */
  @Cacheable(cacheResolver = ProbeCaches.NAME, sync = true)
  public Mono<Probed> of(ProbeKey key) {
    return origins
        .probe(key.origin())
        .timed(timer)
        .map(answer -> up(answer.get(), answer.elapsed().toMillis()))
        .onErrorResume(failure -> Mono.just(down(OriginFailure.of(failure))))
        .map(Probed::new);
  }

  private static Health up(int status, long tookMillis) {
    return Health.up().withDetail("status", status).withDetail("took-ms", tookMillis).build();
  }

  /** With the network's own words, and nothing of what the origin sent. */
  private static Health down(OriginFailure failure) {
    boolean network = failure.getCause() instanceof IOException;
    String reason = network ? failure.describe() : failure.getMessage();
    return Health.down().withDetail("reason", reason).build();
  }
}
