package dev.holdfast.trace;

import dev.holdfast.fill.Ask;
import dev.holdfast.fill.CallerTrace;
import dev.holdfast.fill.FillTrace;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/**
 * A caller's request that is traced.
 *
 * @param span its own
 * @param baggage what may go with a fetch
 */
record TracedCaller(Tracer tracer, SpanContext span, Baggage baggage) implements CallerTrace {

  @Override
  public FillTrace begin(Ask ask, boolean background) {
    return FillSpan.begin(this, ask, background);
  }

  @Override
  public void telling(Runnable what) {
    context().wrap(what).run();
  }

  /** That its span is the current one, and nothing else. */
  Context context() {
    return Context.root().with(Span.wrap(span));
  }
}
