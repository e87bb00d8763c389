package dev.holdfast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.service.RequestObserver.Left;
import dev.holdfast.service.RequestObserver.Result;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestMetersTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final RequestMeters meters = new RequestMeters(registry);

  @ParameterizedTest
  @EnumSource
  void everyResult_hasItsTimer(Result result) {
    meters.answered("catalog", result, Duration.ofMillis(30));
    meters.answered("catalog", result, Duration.ofMillis(12));

    assertThat(Meters.of(registry))
        .containsExactly(
            "TIMER holdfast.requests{origin=catalog, result="
                + result.name().toLowerCase(Locale.ROOT)
                + "}");
    var timer = registry.get("holdfast.requests").timer();
    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(42);
  }

  @Test
  void results_areTheWordsThatDashboardsKnow() {
    assertThat(Result.values())
        .extracting(result -> result.name().toLowerCase(Locale.ROOT))
        .isSubsetOf("hit", "stale", "revalidated", "miss", "collapsed", "passed", "error");
    assertThat(Left.values())
        .extracting(left -> left.name().toLowerCase(Locale.ROOT))
        .containsExactly("timeout", "disconnect", "too_slow");
  }

  @Test
  void originsAndResults_areKeptApart() {
    meters.answered("catalog", Result.HIT, Duration.ZERO);
    meters.answered("catalog", Result.MISS, Duration.ZERO);
    meters.answered("shop", Result.HIT, Duration.ZERO);

    assertThat(Meters.of(registry))
        .containsExactly(
            "TIMER holdfast.requests{origin=catalog, result=hit}",
            "TIMER holdfast.requests{origin=catalog, result=miss}",
            "TIMER holdfast.requests{origin=shop, result=hit}");
  }

  @Test
  void callersThatLeave_areCountedByReason() {
    meters.left("catalog", Left.TIMEOUT);
    meters.left("catalog", Left.TIMEOUT);
    meters.left("catalog", Left.TOO_SLOW);

    assertThat(Meters.of(registry))
        .containsExactly(
            "COUNTER holdfast.callers.left{origin=catalog, reason=timeout}",
            "COUNTER holdfast.callers.left{origin=catalog, reason=too_slow}");
    assertThat(Meters.value(registry, "holdfast.callers.left", "reason", "timeout")).isEqualTo(2);
    assertThat(Meters.value(registry, "holdfast.callers.left", "reason", "too_slow")).isEqualTo(1);
  }
}
