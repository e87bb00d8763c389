package dev.holdfast.store;

import io.netty.buffer.ByteBuf;
import java.util.function.IntPredicate;

/** A memory of bodies from which no buffer is to be had where the test says so. */
public final class FailingMemory extends BodyMemory {

  private final IntPredicate fails;

  private FailingMemory(long maxInFlightBytes, IntPredicate fails) {
    super(maxInFlightBytes);
    this.fails = fails;
  }

  /**
   * A memory of which running fills may hold that much.
   *
   * @param fails whether there is no memory for a buffer of that many bytes
   */
  public static BodyMemory create(long maxInFlightBytes, IntPredicate fails) {
    return new FailingMemory(maxInFlightBytes, fails);
  }

  @Override
  ByteBuf allocate(int bytes, Runnable freed) {
    if (fails.test(bytes)) {
      throw new OutOfMemoryError("as the test says");
    }
    return super.allocate(bytes, freed);
  }
}
