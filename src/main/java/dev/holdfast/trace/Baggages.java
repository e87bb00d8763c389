package dev.holdfast.trace;

import dev.holdfast.http.Fields;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a caller's baggage (W3C) goes with the fetch that it sets off, whose response may be
 * others', too: the entries on a list.
 *
 * @param allowed their names
 */
record Baggages(Set<String> allowed) {

  Baggage allowedOf(Fields fields) {
    BaggageBuilder kept = Baggage.builder();
    if (!allowed.isEmpty()) {
      Context said =
          W3CBaggagePropagator.getInstance().extract(Context.root(), fields, new OfFields());
      Baggage.fromContext(said)
          .forEach(
              (name, entry) -> {
                if (allowed.contains(name)) {
                  kept.put(name, entry.getValue(), entry.getMetadata());
                }
              });
    }
    return kept.build();
  }

  private static final class OfFields implements TextMapGetter<Fields> {
    @Override
    public Iterable<String> keys(Fields fields) {
      return List.of("baggage");
    }

    @Override
    public @Nullable String get(@Nullable Fields fields, String name) {
      return fields == null ? null : fields.combined(name);
    }
  }
}
