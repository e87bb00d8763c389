package dev.holdfast.fill;

import java.time.Duration;

/**
 * A value of Spring's annotations that says how long it is kept; any other is kept until it is
 * evicted.
 *
 * <p>Asked once, when the value is stored.
 */
public interface Expiring {

  /** How long the value is kept at the longest, from the moment in which it is stored. */
  Duration keepFor();
}
