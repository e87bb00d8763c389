package dev.holdfast.fill;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The fetches that run for nobody, of each origin: those that all callers have left, and those on
 * the cache's own behalf. Where there are as many as may be, none begins that could become one.
 */
@Component
final class FillsWithoutCallers {

  private final ToIntFunction<String> max;
  private final Map<String, Count> byOrigin = new ConcurrentHashMap<>();

  @Autowired
  FillsWithoutCallers(Origins origins, BulkheadRegistry bulkheads) {
    this(name -> max(Objects.requireNonNull(origins.named(name)), bulkheads));
  }

  /**
   * @param max how many there may be, by the name of the origin
   */
  FillsWithoutCallers(ToIntFunction<String> max) {
    this.max = max;
  }

  /** As configured, or half of the bulkhead. */
  private static int max(OriginSettings origin, BulkheadRegistry bulkheads) {
    Integer configured = origin.maxAbandonedFills();
    int permits = bulkheads.bulkhead(origin.name()).getBulkheadConfig().getMaxConcurrentCalls();
    return configured == null ? Math.max(1, permits / 2) : configured;
  }

  Count of(String origin) {
    return byOrigin.computeIfAbsent(origin, name -> new Count(max.applyAsInt(name)));
  }

  /** Those of one origin. */
  static final class Count {
    private final int max;
    private final AtomicInteger running = new AtomicInteger();

    private Count(int max) {
      this.max = max;
    }

    int now() {
      return running.get();
    }

    boolean isFull() {
      return now() >= max;
    }

    void add(int fills) {
      running.addAndGet(fills);
    }
  }
}
