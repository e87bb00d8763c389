package dev.holdfast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.Ask;
import dev.holdfast.fill.Attachment;
import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.fill.Fills;
import dev.holdfast.fill.TestFills;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.Store;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.TestOrigins;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueMetersTest {

  private final Store store = new Store(1000, new FakeTicker());
  private final Fills fills =
      TestFills.create(store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), TestFills.UNOBSERVED);
  private final FakeOrigin origin = new FakeOrigin();
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void fillsThatWait_areCountedUntilTheyAreLetIn_eachForItsOrigin() {
    new QueueMeters(fills, TestOrigins.named("catalog", "shop")).bindTo(registry);
    origin.isFull();
    Attachment first = fills.pass(ask());
    Attachment second = fills.pass(ask());
    assertThat(queued("catalog")).isEqualTo(2);
    assertThat(queued("shop")).isZero();

    origin.fetch(1).begin();
    assertThat(queued("catalog")).isEqualTo(1);
    second.leave();

    assertThat(queued("catalog")).isZero();
    origin.fetch(1).fresh().complete();
    first.leave();
  }

  private Ask ask() {
    return new Ask(
        origin,
        new CacheKey("catalog", "/a"),
        new RequestHead("GET", "/a", Fields.EMPTY, "1.1"),
        null,
        null,
        CachePolicy.BY_DEFAULT,
        100,
        Runnable::run);
  }

  private double queued(String name) {
    return Meters.value(registry, "holdfast.fills.queued", "origin", name);
  }
}
