package dev.holdfast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.TestOrigins;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class CallerMetersTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final CallerMeters meters =
      new CallerMeters(registry, TestOrigins.named("catalog", "shop"));

  @Test
  void meters_areThereBeforeTheFirstCaller() {
    assertThat(Meters.of(registry))
        .containsExactly(
            "COUNTER holdfast.callers.refused{origin=catalog}",
            "COUNTER holdfast.callers.refused{origin=shop}",
            "GAUGE holdfast.callers.waiting{origin=catalog}",
            "GAUGE holdfast.callers.waiting{origin=shop}");
    assertThat(value("waiting", "catalog")).isZero();
    assertThat(value("refused", "catalog")).isZero();
  }

  @Test
  void callersThatWait_areCountedUntilTheyDoNoMore() {
    meters.began("catalog");
    meters.began("catalog");
    meters.began("shop");
    assertThat(value("waiting", "catalog")).isEqualTo(2);

    meters.ended("catalog");

    assertThat(value("waiting", "catalog")).isEqualTo(1);
    assertThat(value("waiting", "shop")).isEqualTo(1);
  }

  @Test
  void refusedCallers_areCountedAndDoNotWait() {
    meters.refused("catalog");
    meters.refused("catalog");

    assertThat(value("refused", "catalog")).isEqualTo(2);
    assertThat(value("refused", "shop")).isZero();
    assertThat(value("waiting", "catalog")).isZero();
  }

  private double value(String meter, String origin) {
    return Meters.value(registry, "holdfast.callers." + meter, "origin", origin);
  }
}
