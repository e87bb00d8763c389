package dev.holdfast.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * What the fence says of one fetch is linearizable: under any interleaving it is what it would be
 * if all came one after the other. Lincheck finds the schedules, the fence itself is the model.
 *
 * <p>Without merging, which invalidates more than was asked for at moments of its own.
 */
public final class FenceLincheckIT {

  private static final List<Scope> SCOPES =
      List.of(
          new Scope.Target("/a"),
          new Scope.Prefix("/a"),
          new Scope.Tag("red"),
          new Scope.Everything());

  private final AtomicLong clock = new AtomicLong();
  private final Fence fence = new Fence(clock, Integer.MAX_VALUE);
  private final long began = clock.incrementAndGet();

  @Operation
  public void invalidate(@Param(gen = IntGen.class, conf = "0:3") int scope) {
    fence.invalidate(SCOPES.get(scope));
  }

  @Operation
  public void soften(@Param(gen = IntGen.class, conf = "0:3") int scope) {
    fence.soften(SCOPES.get(scope), Instant.EPOCH);
  }

  @Operation
  public boolean isStale() {
    return fence.staleSince("/a", began, Set.of("red")) != null;
  }

  @Operation
  public boolean isPassedBy() {
    return fence.isPassedBy("/a", began, Set.of("red"));
  }

  @Operation
  public boolean mayBePassedBy() {
    return fence.mayBePassedBy("/a", began);
  }

  @Test
  void anyInterleaving_isLinearizable() {
    new ModelCheckingOptions()
        .iterations(40)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(2)
        .actorsAfter(2)
        .check(FenceLincheckIT.class);
  }
}
