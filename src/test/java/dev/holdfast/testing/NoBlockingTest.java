package dev.holdfast.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** The watch is on: without {@code -XX:+AllowRedefinitionToAddDeleteMethods} it is not. */
class NoBlockingTest {

  private final LoopResources loops = LoopResources.create("blocked");

  @AfterEach
  void close() {
    loops.dispose();
  }

  @Test
  void eventLoopIsBlocked_callFails_andIsRecorded() {
    assertBlocks(loops.onServer(true).next());
  }

  @Test
  void timerIsBlocked_callFails_andIsRecorded() {
    assertBlocks(Schedulers.parallel()::schedule);
  }

  @Test
  void errorIsSwallowed_isRecordedAllTheSame() {
    CompletableFuture.runAsync(
            () -> {
              try {
                LockSupport.parkNanos(1);
              } catch (BlockingOperationError swallowed) {
                // as libraries do
              }
            },
            loops.onServer(true).next())
        .join();

    assertThat(BlockWatch.blockedSoFar()).singleElement().asString().contains("park");
  }

  @Test
  void otherThreadIsBlocked_nothingHappens() {
    LockSupport.parkNanos(1);
    CompletableFuture.runAsync(() -> LockSupport.parkNanos(1)).join();

    assertThat(BlockWatch.blockedSoFar()).isEmpty();
  }

  private static void assertBlocks(Executor thread) {
    CompletableFuture<Void> blocking =
        CompletableFuture.runAsync(() -> LockSupport.parkNanos(1), thread);

    assertThatThrownBy(blocking::join).hasRootCauseInstanceOf(BlockingOperationError.class);
    List<String> recorded = BlockWatch.blockedSoFar();
    assertThat(recorded).singleElement().asString().contains("park", "NoBlockingTest");
  }
}
