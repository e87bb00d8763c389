package dev.holdfast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.service.RequestObserver.Left;
import dev.holdfast.service.RequestObserver.Result;
import dev.holdfast.testing.TestOrigins;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestMetersTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final RequestMeters meters =
      new RequestMeters(registry, TestOrigins.named("catalog", "shop"));

  @Test
  void everySeries_isThereBeforeTheFirstRequest() {
    List<String> expected = new ArrayList<>();
    for (String origin : List.of("catalog", "shop")) {
      for (Result result : Result.values()) {
        expected.add("TIMER holdfast.requests{origin=" + origin + ", result=" + word(result) + "}");
      }
      for (Left reason : Left.values()) {
        String tags = "{origin=" + origin + ", reason=" + word(reason) + "}";
        expected.add("COUNTER holdfast.callers.left" + tags);
      }
    }
    assertThat(Meters.of(registry)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @EnumSource
  void everyResult_hasItsTimer(Result result) {
    meters.answered("catalog", result, Duration.ofMillis(30));
    meters.answered("catalog", result, Duration.ofMillis(12));

    var timer = timer("catalog", result);
    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(42);
    assertThat(registry.find("holdfast.requests").timers())
        .extracting(Timer::count)
        .containsOnlyOnce(2L);
    assertThat(timer("shop", result).count()).isZero();
  }

  @Test
  void results_areTheWordsThatDashboardsKnow() {
    assertThat(Result.values())
        .extracting(RequestMetersTest::word)
        .isSubsetOf("hit", "stale", "revalidated", "miss", "collapsed", "passed", "error");
    assertThat(Left.values())
        .extracting(RequestMetersTest::word)
        .containsExactly("timeout", "disconnect", "too_slow");
  }

  @Test
  void originsAndResults_areKeptApart() {
    meters.answered("catalog", Result.HIT, Duration.ZERO);
    meters.answered("catalog", Result.MISS, Duration.ZERO);
    meters.answered("shop", Result.HIT, Duration.ZERO);

    assertThat(timer("catalog", Result.HIT).count()).isEqualTo(1);
    assertThat(timer("catalog", Result.MISS).count()).isEqualTo(1);
    assertThat(timer("shop", Result.HIT).count()).isEqualTo(1);
    assertThat(timer("shop", Result.MISS).count()).isZero();
  }

  @Test
  void callersThatLeave_areCountedByReason() {
    meters.left("catalog", Left.TIMEOUT);
    meters.left("catalog", Left.TIMEOUT);
    meters.left("catalog", Left.TOO_SLOW);

    assertThat(left("timeout")).isEqualTo(2);
    assertThat(left("too_slow")).isEqualTo(1);
    assertThat(left("disconnect")).isZero();
  }

  private Timer timer(String origin, Result result) {
    return registry.get("holdfast.requests").tags("origin", origin, "result", word(result)).timer();
  }

  private double left(String reason) {
    return Meters.value(registry, "holdfast.callers.left", "origin", "catalog", "reason", reason);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
