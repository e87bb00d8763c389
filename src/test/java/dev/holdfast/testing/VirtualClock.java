package dev.holdfast.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/** The calendar that goes with a scheduler's virtual time. */
public final class VirtualClock extends Clock {

  private static final Instant BEGINNING = Instant.parse("2026-11-23T10:00:00Z");

  private final Scheduler time;

  public VirtualClock(Scheduler time) {
    this.time = time;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("UTC only");
  }

  @Override
  public Instant instant() {
    return BEGINNING.plusMillis(time.now(TimeUnit.MILLISECONDS));
  }
}
