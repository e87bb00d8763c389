package dev.holdfast.fill;

import dev.holdfast.http.Fields;

/** What is not traced. */
final class NoTrace implements CallerTrace, FillTrace {

  @Override
  public FillTrace begin(Ask ask, boolean background) {
    return this;
  }

  @Override
  public void telling(Runnable what) {
    what.run();
  }

  @Override
  public Fields fields() {
    return Fields.EMPTY;
  }

  @Override
  public void joined(CallerTrace caller) {}

  @Override
  public void head(int status) {}

  @Override
  public void ended(FillOutcome how, Runnable telling) {
    telling.run();
  }
}
