package dev.holdfast.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** The calls on an event loop that may block all the same: libraries' locks, held for moments. */
final class MayBlock implements BlockHoundIntegration {

  private static final String METRICS = "io.github.resilience4j.core.metrics.";
  private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.BoundedLocalCache";

  @Override
  public void applyTo(BlockHound.Builder builder) {
    builder
        // a breaker's calls are counted under a lock in which nothing but counting is done
        .allowBlockingCallsInside(METRICS + "FixedSizeSlidingWindowMetrics", "record")
        .allowBlockingCallsInside(METRICS + "FixedSizeSlidingWindowMetrics", "getSnapshot")
        .allowBlockingCallsInside(METRICS + "SlidingTimeWindowMetrics", "record")
        .allowBlockingCallsInside(METRICS + "SlidingTimeWindowMetrics", "getSnapshot")
        // the last events of breakers and bulkheads, for Actuator, go into a ring under a lock
        .allowBlockingCallsInside(
            "io.github.resilience4j.circularbuffer.ConcurrentEvictingQueue", "offer")
        // what Spring makes once, under a lock, as the first who needs it comes
        .allowBlockingCallsInside("org.springframework.util.function.SingletonSupplier", "get")
        // Caffeine's lock on what it evicts by, under which it only keeps its own house
        .allowBlockingCallsInside(CAFFEINE + "$BoundedPolicy$BoundedEviction", "setMaximum")
        .allowBlockingCallsInside(CAFFEINE + "$BoundedPolicy$BoundedEviction", "weightedSize")
        .allowBlockingCallsInside(CAFFEINE, "performCleanUp")
        // a time-out that is called off is taken out of the timer's queue, as it is put in
        .allowBlockingCallsInside(
            "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove")
        // a histogram that is being scraped has what is recorded meanwhile put aside
        .allowBlockingCallsInside("io.prometheus.metrics.core.metrics.Buffer", "doAppend")
        // Netty makes more magazines of buffers where threads contend for them
        .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
  }
}
