package dev.holdfast.testing;

import dev.holdfast.config.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/** Time for tests. */
public final class Times {

  private static final Instant BEGINNING = Instant.parse("2026-11-23T10:00:00Z");

  private Times() {}

  /** The calendar that goes with a scheduler's virtual time. */
  public static Clock calendarOf(Scheduler time) {
    InstantSource source = () -> BEGINNING.plusMillis(time.now(TimeUnit.MILLISECONDS));
    return source.withZone(ZoneOffset.UTC);
  }

  /** Time that passes as that calendar goes on. */
  public static Time by(Clock calendar) {
    return new Time(() -> Duration.between(Instant.EPOCH, calendar.instant()).toNanos(), calendar);
  }
}
