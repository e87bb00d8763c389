package dev.holdfast.trace;

import dev.holdfast.fill.CallerTrace;
import dev.holdfast.http.Fields;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.ContextStorage;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/** Where callers' requests stand in traces, if those are on. */
@Component
public final class Traces {

  private final @Nullable Tracer tracer;
  private final Baggages baggages;

  Traces(ObjectProvider<Tracer> tracer, ObjectProvider<TracingProperties> properties) {
    this.tracer = tracer.getIfAvailable();
    if (this.tracer != null) {
      ContextStorage.get(); // its first use looks through the class path: not on an event loop
    }
    TracingProperties settings = properties.getIfAvailable(TracingProperties::new);
    this.baggages = new Baggages(Set.copyOf(settings.getBaggage().getRemoteFields()));
  }

  /**
   * That of one request.
   *
   * @param request as it is observed
   * @param fields its own
   */
  public CallerTrace of(ServerRequestObservationContext request, Fields fields) {
    TracingContext tracing = tracer == null ? null : request.get(TracingContext.class);
    if (tracer == null || tracing == null || tracing.getSpan() == null) {
      return CallerTrace.NONE;
    }
    return new TracedCaller(
        tracer, OtelSpan.toOtel(tracing.getSpan()).getSpanContext(), baggages.allowedOf(fields));
  }
}
