package dev.holdfast.architecture.broken.web;

import dev.holdfast.config.Time;
import java.time.Instant;
import java.util.Date;

/** Breaks nothing: the time was given, and an instant is not the time it is now. */
public final class TellsTheTime {

  Instant now(Time time) {
    return time.now();
  }

  Date date(Instant instant) {
    return Date.from(instant);
  }
}
