package dev.holdfast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Selecting;
import dev.holdfast.store.Body;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.NoLeaks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class MemoryMetersTest {

  private final BodyMemory memory = new BodyMemory(1 << 20);
  private final Store store = new Store(10_000, new FakeTicker());
  private final MeterRegistry registry = new SimpleMeterRegistry();

  MemoryMetersTest() {
    new MemoryMeters(store, memory).bindTo(registry);
  }

  @AfterEach
  void nothingIsLeft() {
    store.close();
    assertThat(value("holdfast.cache.memory.used")).isZero();
    assertThat(value("holdfast.bodies.memory.used")).isZero();
  }

  @Test
  void gauges_areInBytesAndOfTheWholeCache() {
    assertThat(Meters.of(registry))
        .containsExactly(
            "GAUGE holdfast.bodies.memory.used{cache=all}",
            "GAUGE holdfast.cache.memory.max{cache=all}",
            "GAUGE holdfast.cache.memory.used{cache=all}",
            "GAUGE holdfast.fills.memory.used{cache=all}");
    assertThat(registry.get("holdfast.cache.memory.used").gauges())
        .extracting(Gauge::getId)
        .allSatisfy(id -> assertThat(id.getBaseUnit()).isEqualTo("bytes"));
    assertThat(value("holdfast.cache.memory.max")).isEqualTo(10_000);
  }

  @Test
  void storedEntry_countsWithItsWeight_andItsBodyWithItsBytes() {
    write(100);

    assertThat(value("holdfast.cache.memory.used")).isEqualTo(150);
    assertThat(value("holdfast.bodies.memory.used")).isEqualTo(100);
    assertThat(value("holdfast.fills.memory.used")).isZero();
  }

  @Test
  void bodyThatIsStillRead_countsAfterItsEntryHasGone() {
    Body body = write(100).body();
    assertThat(body.tryRetain()).isTrue();

    store.close();

    assertThat(value("holdfast.cache.memory.used")).isEqualTo(150);
    assertThat(value("holdfast.bodies.memory.used")).isEqualTo(100);
    body.release();
  }

  @Test
  void bytesReservedByFills_areShown() {
    assertThat(memory.tryReserve(4_096)).isTrue();

    assertThat(value("holdfast.fills.memory.used")).isEqualTo(4_096);
    memory.giveBack(4_096);
    assertThat(value("holdfast.fills.memory.used")).isZero();
  }

  private Entry write(int bytes) {
    Body body =
        new Body(
            List.of(Objects.requireNonNull(memory.tryAllocate(bytes, () -> {})).writeZero(bytes)));
    CacheKey key = new CacheKey("catalog", "/items/1");
    Entry entry =
        new Entry(
            key,
            Selecting.ALWAYS,
            body,
            new Entry.State("one", Set.of(), store.begin(), Duration.ofHours(1), 50));
    store.write(entry);
    return entry;
  }

  private double value(String name) {
    return Meters.value(registry, name);
  }
}
