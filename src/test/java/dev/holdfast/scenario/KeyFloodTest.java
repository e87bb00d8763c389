package dev.holdfast.scenario;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A flood of URLs that come once, through a small heap, beside a few that are asked for throughout.
 *
 * <p>{@code -Dholdfast.flood.keys=1000000} makes them a million.
 */
class KeyFloodTest {

  private static final int KEYS = Integer.getInteger("holdfast.flood.keys", 10_000);
  private static final int CALLERS = 4;
  private static final Executor OWN_THREAD = task -> new Thread(task).start();
  private static final int HOT = 200;

  /** Of ten requests one is for what is hot. */
  private static final int EVERY = 10;

  @Test
  void randomUrlsWithoutEnd_memoryLasts_andWhatIsHotStays() {
    var hits = new AtomicInteger();
    var asked = new AtomicInteger();
    try (var origin = new FloodedOrigin();
        var holdfast =
            ForkedHoldfast.inFrontOf(
                origin.baseUrl(),
                List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"),
                "--holdfast.origins.catalog.caller-timeout=20s")) {
      for (int key = 0; key < HOT; key++) {
        holdfast.get("/hot/" + key);
      }
      Stream.generate(() -> runAsync(() -> flood(holdfast, hits, asked), OWN_THREAD))
          .limit(CALLERS)
          .toList()
          .forEach(CompletableFuture::join);

      var ratio = (double) hits.get() / asked.get();
      System.out.printf(
          "holdfast.flood.keys=%d hit-ratio=%.4f cache-bytes=%.0f%n",
          KEYS, ratio, holdfast.gauge("holdfast_cache_memory_used_bytes"));
      assertThat(ratio).isGreaterThanOrEqualTo(0.9);
      assertThat(holdfast.gauge("cache_evictions_total")).isPositive();
      assertThat(holdfast.gauge("holdfast_cache_memory_used_bytes"))
          .isLessThanOrEqualTo(holdfast.gauge("holdfast_cache_memory_max_bytes"));
      Await.until(() -> holdfast.gauge("holdfast_fills_in_flight") == 0, "no fill in flight");
      assertThat(holdfast.output()).doesNotContain("LEAK", "OutOfMemory", "ERROR");
    }
  }

  private static void flood(ForkedHoldfast holdfast, AtomicInteger hits, AtomicInteger asked) {
    var random = new Random();
    try (var caller = holdfast.caller()) {
      for (int i = 0; i < KEYS / CALLERS; i++) {
        var flooding = caller.exchange("GET", "/catalog/" + Long.toHexString(random.nextLong()));
        assertThat(flooding.status()).isEqualTo(200);
        if (i % EVERY == 0) {
          var hot = caller.exchange("GET", "/catalog/hot/" + random.nextInt(HOT));
          asked.incrementAndGet();
          hits.addAndGet(("" + hot.header("Cache-Status")).contains(";hit;") ? 1 : 0);
        }
      }
    }
  }
}
