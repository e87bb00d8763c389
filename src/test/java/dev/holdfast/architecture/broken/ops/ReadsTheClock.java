package dev.holdfast.architecture.broken.ops;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/** Asks the system, or a clock that it was given, what time it is. */
@SuppressWarnings({"JavaUtilDate", "JavaTimeDefaultTimeZone"})
public final class ReadsTheClock {

  Instant instant() {
    return Instant.now();
  }

  Supplier<Instant> instantByReference() {
    return Instant::now;
  }

  LocalDateTime localDateTime() {
    return LocalDateTime.now();
  }

  LocalDate localDate() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  OffsetDateTime offsetDateTime() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }

  ZonedDateTime zonedDateTime() {
    return ZonedDateTime.now(ZoneOffset.UTC);
  }

  long millis() {
    return System.currentTimeMillis();
  }

  long nanos() {
    return System.nanoTime();
  }

  LongSupplier nanosByReference() {
    return System::nanoTime;
  }

  Clock clock() {
    return Clock.systemUTC();
  }

  Clock clockOfZone() {
    return Clock.system(ZoneId.of("UTC"));
  }

  Clock tickingClock() {
    return Clock.tickSeconds(ZoneOffset.UTC);
  }

  Instant givenClock(Clock clock) {
    return clock.instant();
  }

  long givenSource(InstantSource source) {
    return source.millis();
  }

  Instant byGivenClock(Clock clock) {
    return Instant.now(clock);
  }

  long schedulersClock(Scheduler scheduler) {
    return scheduler.now(TimeUnit.NANOSECONDS);
  }

  Ticker ticker() {
    return Ticker.systemTicker();
  }

  Date date() {
    return new Date();
  }

  Supplier<Date> dateByReference() {
    return Date::new;
  }
}
