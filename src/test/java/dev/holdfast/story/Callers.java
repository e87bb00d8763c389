package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Sinks;

/** Callers who wait for one answer each, under a time-out that a test sets off. */
class Callers {

  private final Sinks.One<Boolean> timer = Sinks.one();
  private final List<CompletableFuture<String>> waiting;

  /** Callers of the keys, in their order, all of them waiting at once. */
  Callers(Design design, List<String> keys) {
    waiting = keys.stream().map(key -> design.get(key).timeout(timer.asMono()).toFuture()).toList();
  }

  /** Ends the patience of all; one whose time-out cancels what another waits for ends both. */
  void allTimeOut() {
    timer.tryEmitValue(true).orThrow();
    assertThat(ends()).contains(End.TIMED_OUT).doesNotContain(End.ANSWERED);
  }

  void allHangUp() {
    waiting.forEach(caller -> assertThat(caller.cancel(true)).isTrue());
  }

  void firstHangsUp() {
    assertThat(waiting.get(0).cancel(true)).isTrue();
  }

  /** How each of them ended; waits until all have. */
  List<End> ends() {
    return waiting.stream().map(Callers::end).toList();
  }

  private static End end(CompletableFuture<String> caller) {
    try {
      caller.get(30, TimeUnit.SECONDS);
      return End.ANSWERED;
    } catch (CancellationException cancelled) {
      return End.CANCELLED;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TimeoutException) {
        return End.TIMED_OUT;
      }
      throw new AssertionError(failed);
    } catch (TimeoutException | InterruptedException stuck) {
      throw new AssertionError(stuck);
    }
  }

  /** What became of a caller. */
  enum End {
    ANSWERED,
    CANCELLED,
    TIMED_OUT
  }
}
