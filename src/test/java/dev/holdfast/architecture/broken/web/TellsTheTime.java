package dev.holdfast.architecture.broken.web;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;

/** Breaks nothing: the clock was given, and an instant is not the time it is now. */
public final class TellsTheTime {

  Instant now(Clock clock) {
    return Instant.now(clock);
  }

  Date date(Instant instant) {
    return Date.from(instant);
  }
}
