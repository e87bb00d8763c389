package dev.holdfast.architecture.broken.ops;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Asks the system what time it is. */
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
