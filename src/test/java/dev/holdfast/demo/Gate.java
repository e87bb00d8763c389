package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Stands in for the demo origin's delays: they last until a test opens the gate. */
class Gate implements Function<Duration, Mono<?>> {

  private final Sinks.One<Boolean> open = Sinks.one();
  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore abandoned = new Semaphore(0);

  @Override
  public Mono<?> apply(Duration unused) {
    return open.asMono().doOnSubscribe(waiting -> arrived.release()).doOnCancel(abandoned::release);
  }

  void open() {
    open.tryEmitValue(true).orThrow();
  }

  /** Waits until one more answer is being held. */
  void awaitArrival() {
    await(arrived);
  }

  /** Waits until whoever asked for one more held answer has hung up. */
  void awaitHangUp() {
    await(abandoned);
  }

  private static void await(Semaphore one) {
    try {
      assertThat(one.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
