package dev.holdfast.config;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * The time: how much of it passes, which ages and deadlines are reckoned by, and what the calendar
 * says, which only the dates in others' fields are compared with.
 *
 * <p>Setting the machine's clock moves the calendar alone.
 */
public final class Time {

  private final Ticker ticker;
  private final Clock calendar;
  private final long startNanos;

  public Time(Ticker ticker, Clock calendar) {
    this.ticker = ticker;
    this.calendar = calendar;
    this.startNanos = ticker.read();
  }

  /**
   * The moment, which only passing time moves: it can be compared with others that were taken here,
   * and with nothing else, since it counts from when this was created and says 1970.
   */
  public Instant now() {
    return Instant.EPOCH.plusNanos(ticker.read() - startNanos);
  }

  /** The same in nanoseconds, from any origin. */
  public long nanos() {
    return ticker.read();
  }

  /** What the machine's clock says, right or wrong. */
  public Instant calendar() {
    return calendar.instant();
  }

  /** A clock that says {@link #now}, for what has to be given one. */
  public Clock steady() {
    InstantSource passing = this::now;
    return passing.withZone(ZoneOffset.UTC);
  }
}
