package dev.holdfast.trace;

import dev.holdfast.fill.Ask;
import dev.holdfast.fill.CallerTrace;
import dev.holdfast.fill.FillOutcome;
import dev.holdfast.fill.FillTrace;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Ports;
import dev.holdfast.http.TargetPath;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;

/**
 * The span of one fill, a client's by OpenTelemetry's conventions: a child of the request that set
 * it off, if that waits for it, and linked to each that has joined it.
 */
final class FillSpan implements FillTrace {

  private static final TextMapPropagator W3C =
      TextMapPropagator.composite(
          W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());

  private final Span span;
  private final Context context;

  private FillSpan(Span span, Context context) {
    this.span = span;
    this.context = context;
  }

  /**
   * @param background whether the caller is answered without it: then it is a trace of its own
   */
  static FillSpan begin(TracedCaller caller, Ask ask, boolean background) {
    String origin = ask.origin().name();
    SpanBuilder builder =
        caller
            .tracer()
            .spanBuilder("fill " + origin)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("holdfast.origin", origin)
            .setAttribute("http.request.method", ask.request().method())
            .setAttribute("url.path", TargetPath.of(ask.request().target()))
            .setAttribute("server.address", ask.origin().baseUrl().getHost())
            .setAttribute("server.port", Ports.of(ask.origin().baseUrl()));
    if (background) {
      builder.setNoParent().addLink(caller.span());
    } else {
      builder.setParent(caller.context());
    }
    Span span = builder.startSpan();
    return new FillSpan(span, Context.root().with(span).with(caller.baggage()));
  }

  @Override
  public Fields fields() {
    Fields.Builder fields = Fields.builder();
    W3C.inject(
        context,
        fields,
        (to, name, value) -> {
          if (to != null) {
            to.add(name, value);
          }
        });
    return fields.build();
  }

  @Override
  public void joined(CallerTrace caller) {
    if (caller instanceof TracedCaller traced) {
      span.addLink(traced.span());
    }
  }

  @Override
  public void head(int status) {
    span.setAttribute("http.response.status_code", status);
    if (status >= 400) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  @Override
  public void ended(FillOutcome how, Runnable telling) {
    span.setAttribute("holdfast.result", how.result());
    if (how instanceof FillOutcome.Stored stored) {
      span.setAttribute("holdfast.rescued", stored.rescued());
    } else if (how instanceof FillOutcome.NotStored notStored) {
      span.setAttribute("holdfast.not_stored.reason", notStored.reason().token());
    } else if (how instanceof FillOutcome.Failed failed) {
      span.setStatus(StatusCode.ERROR, failed.failure().describe());
    }
    try {
      context.wrap(telling).run();
    } finally {
      span.end();
    }
  }
}
