package dev.holdfast.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A calendar that goes on with a ticker's time, and is set by the test. */
public final class FakeCalendar implements InstantSource {

  private final FakeTicker ticker;
  private final Instant start;
  private final AtomicLong setByMillis = new AtomicLong();

  public FakeCalendar(FakeTicker ticker, Instant start) {
    this.ticker = ticker;
    this.start = start;
  }

  /** The clock that says so. */
  public Clock clock() {
    return withZone(ZoneOffset.UTC);
  }

  /** Sets the clock forward, or back. */
  public void jump(Duration by) {
    setByMillis.addAndGet(by.toMillis());
  }

  @Override
  public Instant instant() {
    return start.plusMillis(setByMillis.get()).plusNanos(ticker.read());
  }
}
