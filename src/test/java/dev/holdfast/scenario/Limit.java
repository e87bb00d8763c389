package dev.holdfast.scenario;

import java.time.Duration;

/** The safety limit of every wait in the kit: far beyond what a passing test needs. */
final class Limit {

  static final Duration SAFETY = Duration.ofSeconds(30);

  private Limit() {}
}
