package dev.holdfast.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two processes behind a balancer are replaced, one after the other, while callers ask. */
class RollingRestartTest {

  /** For how long the balancer goes on sending connections to a process that was told to stop. */
  private static final int LAG_SECONDS = 5;

  private static final String DELAY = "--holdfast.callers.shutdown-delay=10s";

  private final List<ForkedHoldfast> rotation = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  @Test
  void noCallerSeesAnError() {
    try (var origin = new ScriptedOrigin();
        var balancer = new FaultProxy(this::next)) {
      origin.otherwise(exchange -> exchange.ok("fine", "Cache-Control: max-age=600"));
      var starting = CompletableFuture.supplyAsync(() -> start(origin));
      var old = List.of(start(origin), starting.join());
      rotation.addAll(old);
      try (var callers = new SteadyCallers(balancer.port(), 8)) {
        for (var each : old) {
          callers.awaitAnswers(100);
          rotation.add(start(origin));
          replace(each, callers);
        }
        callers.awaitAnswers(100);
        assertThat(callers.errors()).isEmpty();
      } finally {
        rotation.forEach(ForkedHoldfast::close);
      }
    }
  }

  private void replace(ForkedHoldfast old, SteadyCallers callers) {
    try (old) {
      var lag = CompletableFuture.delayedExecutor(LAG_SECONDS, SECONDS);
      old.terminate();
      var out = CompletableFuture.runAsync(() -> rotation.remove(old), lag);
      callers.awaitAnswers(100);
      assertThat(out).succeedsWithin(Limit.SAFETY);
      assertThat(old.awaitExit()).isEqualTo(128 + 15);
    }
  }

  private static ForkedHoldfast start(ScriptedOrigin origin) {
    return ForkedHoldfast.inFrontOf(origin, List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"), DELAY);
  }

  private int next() {
    var all = List.copyOf(rotation);
    return all.get(Math.floorMod(turn.getAndIncrement(), all.size())).port();
  }
}
