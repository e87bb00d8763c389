package dev.holdfast.scenario;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.FakeTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Requests of two identities and of none, at random and side by side, for what the origin says is
 * everybody's, one's own, or now this and now that: nothing crosses, and much is shared.
 *
 * <p>{@code -Dholdfast.identities=100000} is how many, {@code -Dholdfast.seed=7} makes others.
 */
class IdentitiesTest {

  private static final int REQUESTS = Integer.getInteger("holdfast.identities", 10_000);
  private static final long SEED = Long.getLong("holdfast.seed", 20261128L);
  private static final int CALLERS = 12;
  private static final Duration PATIENCE = Limit.SAFETY.plusMillis(10L * REQUESTS);
  private static final Executor OWN_THREAD = task -> new Thread(task).start();

  @Test
  void requestsOfTwoIdentities_neverCross_andMuchIsShared() {
    var time = new FakeTicker();
    var traffic = new Traffic();
    try (var origin = new MarkingOrigin(traffic);
        var holdfast =
            Holdfast.inFrontOf(
                origin.scripted(),
                time,
                "caller-timeout=60s",
                "rules[0].paths=/own/**",
                "rules[0].authorization=per-credential")) {
      var callers =
          IntStream.range(0, CALLERS)
              .mapToObj(i -> new IdentityCaller(i, SEED, holdfast.port(), origin, traffic, time))
              .toList();
      var asking =
          callers.stream()
              .map(caller -> runAsync(() -> caller.ask(REQUESTS / CALLERS), OWN_THREAD))
              .toList();
      assertThat(asking)
          .as("holdfast.seed=" + SEED)
          .allSatisfy(caller -> assertThat(caller).succeedsWithin(PATIENCE));

      var shared = sum(callers, caller -> caller.sharedHits);
      var collapsed = sum(callers, caller -> caller.collapsed);
      System.out.printf(
          "holdfast.identities=%d seed=%d fetches=%d hits=%d shared=%d collapsed=%d left=%d%n",
          REQUESTS,
          SEED,
          origin.fetches(),
          sum(callers, caller -> caller.hits),
          shared,
          collapsed,
          sum(callers, caller -> caller.left));
      assertThat(shared).isGreaterThan(REQUESTS / 5);
      assertThat(collapsed).isGreaterThan(REQUESTS / 500);
      holdfast.awaitNothingLeft();
    }
  }

  private static int sum(List<IdentityCaller> callers, ToIntFunction<IdentityCaller> count) {
    return callers.stream().mapToInt(count).sum();
  }
}
