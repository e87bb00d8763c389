package dev.holdfast.origin;

import dev.holdfast.http.Fields;
import java.util.Set;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What a fetch says of the trace that it is part of, in W3C's fields. It comes by the subscriber's
 * context, and takes the place of what the caller said.
 */
public final class TraceFields {

  /** In lower case. */
  static final Set<String> NAMES = Set.of("traceparent", "tracestate", "baggage");

  private static final Object KEY = TraceFields.class;

  private TraceFields() {}

  /** The context with those fields. */
  public static Context in(Context context, Fields fields) {
    return context.put(KEY, fields);
  }

  /** None, if the fetch is not traced. */
  static Fields of(ContextView context) {
    return context.<Fields>getOrEmpty(KEY).orElse(Fields.EMPTY);
  }
}
