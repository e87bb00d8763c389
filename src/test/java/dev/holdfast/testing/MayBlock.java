package dev.holdfast.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * The calls on an event loop that may block all the same: locks of libraries, which are held for
 * moments. (Of monitors, which the cache's own are, nothing is seen anyway.)
 */
final class MayBlock implements BlockHoundIntegration {

  private static final String LOCKS = "java.util.concurrent.locks.";

  @Override
  public void applyTo(BlockHound.Builder builder) {
    builder
        // breakers, meters, Caffeine's housekeeping, the queues of timers, what Spring makes once
        .allowBlockingCallsInside(LOCKS + "ReentrantLock", "lock")
        .allowBlockingCallsInside(LOCKS + "ReentrantReadWriteLock$ReadLock", "lock")
        .allowBlockingCallsInside(LOCKS + "ReentrantReadWriteLock$WriteLock", "lock")
        .allowBlockingCallsInside(LOCKS + "StampedLock", "readLock")
        .allowBlockingCallsInside(LOCKS + "StampedLock", "writeLock")
        // Netty makes more magazines of buffers where threads contend for them
        .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
  }
}
