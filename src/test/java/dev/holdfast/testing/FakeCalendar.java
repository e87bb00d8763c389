package dev.holdfast.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that runs with a ticker's time, and is set by the test. */
public final class FakeCalendar extends Clock {

  private final FakeTicker ticker;
  private final Instant start;
  private final AtomicLong setByMillis = new AtomicLong();

  public FakeCalendar(FakeTicker ticker, Instant start) {
    this.ticker = ticker;
    this.start = start;
  }

  /** Sets the clock forward, or back. */
  public void jump(Duration by) {
    setByMillis.addAndGet(by.toMillis());
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
    return start.plusMillis(setByMillis.get()).plusNanos(ticker.read());
  }
}
