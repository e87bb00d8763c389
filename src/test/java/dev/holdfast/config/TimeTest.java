package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.FakeCalendar;
import dev.holdfast.testing.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeTicker ticker = new FakeTicker();
  private final FakeCalendar calendar = new FakeCalendar(ticker, NOON);

  @Test
  void timePasses_bothGoOn() {
    ticker.advance(Duration.ofDays(1));
    Time time = new Time(ticker, calendar.clock());
    Instant before = time.now();
    long nanosBefore = time.nanos();

    ticker.advance(Duration.ofMillis(1500));

    assertThat(Duration.between(before, time.now())).hasMillis(1500);
    assertThat(time.nanos() - nanosBefore).isEqualTo(1_500_000_000L);
    assertThat(time.steady().instant()).isEqualTo(time.now());
    assertThat(time.calendar()).isEqualTo(NOON.plusMillis(24 * 3_600_000 + 1500));
  }

  @Test
  void calendarIsSet_onlyTheCalendarJumps() {
    Time time = new Time(ticker, calendar.clock());
    Instant before = time.now();

    calendar.jump(HOUR);

    assertThat(time.calendar()).isEqualTo(NOON.plus(HOUR));
    assertThat(time.now()).isEqualTo(before).isEqualTo(time.steady().instant());
    calendar.jump(HOUR.multipliedBy(-2));
    ticker.advance(Duration.ofSeconds(1));
    assertThat(time.calendar()).isEqualTo(NOON.minus(HOUR).plusSeconds(1));
    assertThat(time.now()).isEqualTo(before.plusSeconds(1));
  }

  @Test
  void tickerPassesZero_timeGoesOn() {
    long[] nanos = {Long.MAX_VALUE};
    Time time = new Time(() -> nanos[0], calendar.clock());
    Instant before = time.now();

    nanos[0] += 1_000_000_000L;

    assertThat(Duration.between(before, time.now())).hasSeconds(1);
  }
}
