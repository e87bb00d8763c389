package dev.holdfast.fill;

import dev.holdfast.http.Fields;

/** One fill in a trace. Safe for use by several threads. */
public interface FillTrace {

  /** What the fetch carries to its origin in place of what the caller said of its own trace. */
  Fields fields();

  /** A caller has joined the fill. */
  void joined(CallerTrace caller);

  /** The head has come. */
  void head(int status);

  /**
   * The fill has ended. Called once.
   *
   * @param telling what is told of that, which is run
   */
  void ended(FillOutcome how, Runnable telling);
}
