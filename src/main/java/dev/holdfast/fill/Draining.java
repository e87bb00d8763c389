package dev.holdfast.fill;

import dev.holdfast.config.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Lets fills end before the process does: once the callers in progress are answered, for what is
 * then left of {@code spring.lifecycle.timeout-per-shutdown-phase}; the rest is dropped.
 */
@Component
final class Draining implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

  /** Behind the wait for callers, and before the servers and the way to the origins are closed. */
  private static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;

  private static final Logger log = LoggerFactory.getLogger(Draining.class);

  private final Fills fills;
  private final ApplicationContext context;
  private final Time time;
  private final Scheduler timer;
  private final Duration limit;
  private volatile boolean running;
  private volatile @Nullable Instant stopping;

  Draining(
      Fills fills,
      ApplicationContext context,
      Time time,
      Scheduler timer,
      LifecycleProperties properties) {
    this.fills = fills;
    this.context = context;
    this.time = time;
    this.timer = timer;
    this.limit = properties.getTimeoutPerShutdownPhase();
  }

  /** The process begins to stop: from now on the limit counts. */
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (event.getApplicationContext() == context) {
      stopping = time.now();
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop(Runnable done) {
    Instant began = time.now();
    int left = fills.running().size();
    Instant since = Objects.requireNonNullElse(stopping, began);
    Duration patience = limit.minus(Duration.between(since, began));
    if (left > 0) {
      log.info("event=draining fills={} at_most_ms={}", left, Math.max(0, patience.toMillis()));
    }
    fills
        .whenIdle()
        .timeout(patience, timer)
        .onErrorResume(TimeoutException.class, late -> Mono.fromRunnable(fills::dropAll))
        .doFinally(
            end -> {
              running = false;
              if (left > 0) {
                log.info(
                    "event=drained took_ms={}", Duration.between(began, time.now()).toMillis());
              }
              done.run();
            })
        .subscribe();
  }

  @Override
  public void stop() {
    fills.dropAll();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
