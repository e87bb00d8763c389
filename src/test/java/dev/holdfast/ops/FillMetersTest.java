package dev.holdfast.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.fill.FillOutcome;
import dev.holdfast.http.NotStorable;
import dev.holdfast.origin.OriginFailures;
import dev.holdfast.testing.TestOrigins;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FillMetersTest {

  private static final Duration TOOK = Duration.ofMillis(42);

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final FillMeters meters = new FillMeters(registry, TestOrigins.named("catalog", "shop"));

  @Test
  void everySeries_isThereBeforeTheFirstFill() {
    List<String> expected = new ArrayList<>();
    for (String origin : List.of("catalog", "shop")) {
      expected.add("COUNTER holdfast.fills.rescued{origin=" + origin + "}");
      expected.add("GAUGE holdfast.fills.in.flight{origin=" + origin + "}");
      for (NotStorable reason : NotStorable.values()) {
        String tags = "{origin=" + origin + ", reason=" + reason.token() + "}";
        expected.add("COUNTER holdfast.fills.not.stored" + tags);
      }
      for (String result : FillOutcome.RESULTS) {
        expected.add("TIMER holdfast.fills{origin=" + origin + ", result=" + result + "}");
      }
    }
    assertThat(Meters.of(registry)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(rescued("catalog")).isZero();
    assertThat(inFlight("catalog")).isZero();
  }

  @Test
  void fillsInFlight_areCountedUntilTheyEnd() {
    meters.began("catalog");
    meters.began("catalog");
    meters.began("shop");
    assertThat(inFlight("catalog")).isEqualTo(2);
    assertThat(inFlight("shop")).isEqualTo(1);

    meters.ended("catalog", new FillOutcome.Stored(false), TOOK);

    assertThat(inFlight("catalog")).isEqualTo(1);
    assertThat(inFlight("shop")).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource
  void everyOutcome_hasItsTimer(FillOutcome outcome, String result) {
    meters.began("catalog");

    meters.ended("catalog", outcome, TOOK);

    assertThat(FillOutcome.RESULTS).contains(result);
    var timer = timer("catalog", result);
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(42);
    assertThat(timer("shop", result).count()).isZero();
    assertThat(inFlight("catalog")).isZero();
  }

  static Stream<Arguments> everyOutcome_hasItsTimer() {
    return Stream.of(
        arguments(new FillOutcome.Stored(false), "stored"),
        arguments(new FillOutcome.Stored(true), "stored"),
        arguments(new FillOutcome.Revalidated(), "revalidated"),
        arguments(new FillOutcome.NotStored(NotStorable.PRIVATE), "not_storable"),
        arguments(new FillOutcome.Superseded(), "superseded"),
        arguments(new FillOutcome.Abandoned(), "abandoned"),
        arguments(new FillOutcome.Drained(), "drained"),
        arguments(new FillOutcome.Failed(OriginFailures.broken()), "failed"),
        arguments(new FillOutcome.Failed(OriginFailures.unreachable()), "failed"),
        arguments(new FillOutcome.Failed(OriginFailures.internal()), "failed"),
        arguments(new FillOutcome.Failed(OriginFailures.timedOut()), "timed_out"),
        arguments(new FillOutcome.Failed(OriginFailures.circuitOpen()), "rejected"),
        arguments(new FillOutcome.Failed(OriginFailures.full()), "rejected"),
        arguments(new FillOutcome.Failed(OriginFailures.requestBroken()), "abandoned"));
  }

  @Test
  void rescuedWrites_areCounted_othersAreNot() {
    for (int i = 0; i < 3; i++) {
      meters.began("catalog");
    }
    meters.ended("catalog", new FillOutcome.Stored(true), TOOK);
    meters.ended("catalog", new FillOutcome.Stored(false), TOOK);
    meters.ended("catalog", new FillOutcome.Superseded(), TOOK);

    assertThat(rescued("catalog")).isEqualTo(1);
    assertThat(rescued("shop")).isZero();
  }

  @Test
  void responsesNotStored_areCountedByReason() {
    meters.began("catalog");
    meters.ended("catalog", new FillOutcome.NotStored(NotStorable.SET_COOKIE), TOOK);
    meters.began("catalog");
    meters.ended("catalog", new FillOutcome.Stored(false), TOOK);

    assertThat(notStored("catalog", "set-cookie")).isEqualTo(1);
    assertThat(notStored("catalog", "private")).isZero();
    assertThat(notStored("shop", "set-cookie")).isZero();
  }

  private Timer timer(String origin, String result) {
    return registry.get("holdfast.fills").tags("origin", origin, "result", result).timer();
  }

  private double notStored(String origin, String reason) {
    return Meters.value(registry, "holdfast.fills.not.stored", "origin", origin, "reason", reason);
  }

  private double inFlight(String origin) {
    return Meters.value(registry, "holdfast.fills.in.flight", "origin", origin);
  }

  private double rescued(String origin) {
    return Meters.value(registry, "holdfast.fills.rescued", "origin", origin);
  }
}
