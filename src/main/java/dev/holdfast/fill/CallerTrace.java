package dev.holdfast.fill;

/** Where a caller's request stands in a trace. Of the caller it holds nothing else. */
public interface CallerTrace {

  /** That of a request which is not traced. */
  CallerTrace NONE = new NoTrace();

  /** A fill begins that the request sets off. */
  FillTrace begin(Ask ask, boolean background);

  /** Runs what is told of the request, so that meters and log lines can name the trace. */
  void telling(Runnable what);
}
