package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.RunningHoldfast;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The process is told to stop, and whoever sends callers to it has not heard of that yet. */
class ShutdownDelayTest {

  private static final Duration DELAY = Duration.ofSeconds(20);

  private final ScriptedOrigin origin =
      new ScriptedOrigin().otherwise(exchange -> exchange.ok("fine", "Cache-Control: max-age=60"));
  private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
  private final RunningHoldfast holdfast =
      RunningHoldfast.start(
          timer,
          "--server.http2.enabled=true",
          "--holdfast.callers.shutdown-delay=" + DELAY,
          "--spring.lifecycle.timeout-per-shutdown-phase=5m",
          "--holdfast.origins.catalog.base-url=" + origin.baseUrl());

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void connectionsAndRequests_areTakenUntilItIsOver_andSentElsewhere() {
    try (var kept = RawCaller.connect(holdfast.port())) {
      assertThat(kept.exchange("GET", "/catalog/a").head().headers("Connection")).isEmpty();
      var stopping = stopping();

      var last = kept.exchange("GET", "/catalog/a");
      var fetched = RawCaller.once(holdfast.port(), "GET", "/catalog/b");

      assertThat(last.text()).isEqualTo("fine");
      assertThat(last.head().headers("Connection")).containsExactly("close");
      assertThat(kept.readToClose().whole()).isTrue();
      assertThat(fetched.text()).isEqualTo("fine");
      assertThat(stopping).isNotDone();

      timer.advanceTimeBy(DELAY);
      assertThat(stopping).succeedsWithin(Limit.SAFETY);
    }
  }

  @Test
  void http2Connections_areToldOnce_andTheirStreamsAnswered() {
    var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (var kept = Http2Caller.connect(loops, holdfast.port())) {
      assertThat(kept.exchange("GET", "/catalog/a", "").text()).isEqualTo("fine");
      var stopping = stopping();

      assertThat(kept.exchange("GET", "/catalog/a", "").text()).isEqualTo("fine");
      kept.awaitAskedToLeave();
      assertThat(stopping).isNotDone();

      timer.advanceTimeBy(DELAY);
      assertThat(stopping).succeedsWithin(Limit.SAFETY);
      kept.awaitClosed();
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  /** It has begun to stop, as readiness on the callers' own port says. */
  private CompletableFuture<Void> stopping() {
    var stopping = CompletableFuture.runAsync(holdfast::close);
    Await.until(
        () -> RawCaller.once(holdfast.port(), "GET", "/readyz").status() == 503,
        "readiness is out");
    return stopping;
  }
}
