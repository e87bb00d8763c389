package dev.holdfast.web;

import dev.holdfast.config.HoldfastProperties;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Scheduler;

/**
 * Has the callers' port go on for a while once the process is told to stop: whoever sends callers
 * here needs time to see that readiness is gone, and callers to move their connections.
 *
 * <p>What it takes counts within {@code spring.lifecycle.timeout-per-shutdown-phase}: the wait for
 * callers in progress, which follows, is shorter by as much.
 */
@Component
final class ShutdownDelay implements SmartLifecycle {

  private static final int CALLERS_PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;

  private static final Logger log = LoggerFactory.getLogger(ShutdownDelay.class);

  private final Duration delay;
  private final Scheduler timer;
  private volatile boolean begun;

  ShutdownDelay(
      HoldfastProperties properties,
      LifecycleProperties lifecycle,
      DefaultLifecycleProcessor processor,
      Scheduler timer) {
    this.delay = properties.callers().shutdownDelay();
    this.timer = timer;
    Duration left = lifecycle.getTimeoutPerShutdownPhase().minus(delay);
    processor.setTimeoutForShutdownPhase(CALLERS_PHASE, Math.max(0, left.toMillis()));
  }

  /** Whether callers are to take what comes next elsewhere. */
  boolean hasBegun() {
    return begun;
  }

  /** Nothing: it runs from the beginning. */
  @Override
  public void start() {}

  @Override
  public void stop(Runnable done) {
    stop();
    if (delay.isZero()) {
      done.run();
      return;
    }
    log.info("event=shutdown-delay delay_ms={}", delay.toMillis());
    timer.schedule(done, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    begun = true;
  }

  @Override
  public boolean isRunning() {
    return !begun;
  }

  /** Before the callers' port takes no more connections. */
  @Override
  public int getPhase() {
    return CALLERS_PHASE + 1;
  }
}
