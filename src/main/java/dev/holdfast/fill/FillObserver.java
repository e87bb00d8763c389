package dev.holdfast.fill;

import java.time.Duration;

/** Whoever counts fills; called once when one begins and once when it has ended. */
public interface FillObserver {

  /** A fill has begun. */
  void began(String origin);

  /** A fill has ended: it is out of the table, and its callers are being told. */
  void ended(String origin, FillOutcome outcome, Duration took);
}
