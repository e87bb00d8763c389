package dev.holdfast.ops;

import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/** {@code holdfast.cache.memory.*}: bytes that stored responses take, and may take. */
@Component
final class MemoryMeters implements MeterBinder {

  /** The store is one for all caches; so is its memory. */
  private static final String ALL = "all";

  private final Store store;
  private final BodyMemory memory;

  MemoryMeters(Store store, BodyMemory memory) {
    this.store = store;
    this.memory = memory;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge("holdfast.cache.memory.used", store, Store::usedBytes, registry);
    gauge("holdfast.cache.memory.max", store, Store::maxBytes, registry);
    gauge("holdfast.fills.memory.used", memory, BodyMemory::inFlightBytes, registry);
    gauge("holdfast.bodies.memory.used", memory, BodyMemory::usedBytes, registry);
  }

  private static <T> void gauge(
      String name, T of, ToLongFunction<T> bytes, MeterRegistry registry) {
    Gauge.builder(name, of, what -> bytes.applyAsLong(what))
        .baseUnit("bytes")
        .tag("cache", ALL)
        .register(registry);
  }
}
