package dev.holdfast.testing;

import dev.holdfast.config.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Time for tests. */
public final class Times {

  private Times() {}

  /** Time that passes as that calendar goes on. */
  public static Time by(Clock calendar) {
    return new Time(() -> Duration.between(Instant.EPOCH, calendar.instant()).toNanos(), calendar);
  }
}
