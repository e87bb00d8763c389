package dev.holdfast.ops;

import dev.holdfast.fill.Expiring;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;

/** What a probe found, good or bad: for some seconds, so that scrapers do not add up. */
record Probed(Health health) implements Expiring {

  static final Duration KEPT_FOR = Duration.ofSeconds(5);

  @Override
  public Duration keepFor() {
    return KEPT_FOR;
  }
}
