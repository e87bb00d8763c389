package dev.holdfast.origin;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.testing.TestOrigins;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A played origin that can be full, and what was sent to it. */
public final class StagedOrigin {

  public static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);
  private static final int PERMITS = 2;
  private static final OriginSettings SETTINGS =
      Objects.requireNonNull(TestOrigins.named("catalog").named("catalog"));

  private final List<PlayedConnection> sent = new ArrayList<>();
  private final List<Disposable> occupants = new ArrayList<>();
  private final PlayedOrigin origin;

  public StagedOrigin(Scheduler timer) {
    this.origin =
        new PlayedOrigin(
            SETTINGS, PERMITS, CircuitBreaker.ofDefaults("catalog"), timer, Runnable::run);
    atSent(connection -> {});
  }

  public Origin origin() {
    return origin;
  }

  /** What happens in the moment in which a request is about to be sent. */
  public void atSent(Consumer<PlayedConnection> action) {
    origin.atSent(
        connection -> {
          sent.add(connection);
          action.accept(connection);
        });
  }

  /** Has later fetches wait before the bulkhead. */
  public void occupy() {
    for (int i = 0; i < PERMITS; i++) {
      occupants.add(origin.occupying().subscribe());
    }
  }

  /** Lets in those that wait. */
  public void letIn() {
    occupants.forEach(Disposable::dispose);
    occupants.clear();
  }

  /** The n-th request sent, from 1. */
  public PlayedConnection sent(int n) {
    return sent.get(n - 1);
  }

  public int requestsSent() {
    return sent.size();
  }

  /** Whether neither a permit nor a place in the line is taken. */
  public boolean isIdle() {
    return origin.admitted() == 0 && origin.waiting() == 0;
  }
}
