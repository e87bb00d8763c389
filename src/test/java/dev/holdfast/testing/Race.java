package dev.holdfast.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The same few steps against each other, thousands of times: in every round each actor, on a thread
 * of its own, acts on a fresh state at the same moment, and then the state is looked at.
 */
public final class Race<S> {

  private static final int SPINS_BEFORE_PARKING = 1_000;

  private final int rounds;
  private final Supplier<S> state;
  private final List<Consumer<S>> actors = new ArrayList<>();

  private Race(int rounds, Supplier<S> state) {
    this.rounds = rounds;
    this.state = state;
  }

  /** A race of that many rounds, each on a state of its own. */
  public static <S> Race<S> of(int rounds, Supplier<S> state) {
    return new Race<>(rounds, state);
  }

  /** One more thread. */
  public Race<S> with(Consumer<S> actor) {
    actors.add(actor);
    return this;
  }

  /** Runs all rounds; {@code check} looks at each state when its round is over. */
  public void check(Consumer<S> check) {
    List<S> states = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      states.add(state.get());
    }
    AtomicInteger arrived = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Together.Task> tasks = new ArrayList<>();
    for (Consumer<S> actor : actors) {
      tasks.add(() -> act(actor, states, arrived, failure));
    }
    Together.run(tasks);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError("in one of the rounds", failed);
    }
    states.forEach(check);
  }

  private void act(
      Consumer<S> actor,
      List<S> states,
      AtomicInteger arrived,
      AtomicReference<Throwable> failure) {
    for (int round = 0; round < rounds && failure.get() == null; round++) {
      arrived.incrementAndGet();
      int all = actors.size() * (round + 1);
      await(() -> arrived.get() >= all || failure.get() != null);
      try {
        actor.accept(states.get(round));
      } catch (RuntimeException | Error failed) {
        failure.compareAndSet(null, failed);
      }
    }
  }

  /** Spins, so that the actors begin within less than a microsecond of each other. */
  private static void await(BooleanSupplier reached) {
    for (int spins = 0; !reached.getAsBoolean(); spins++) {
      if (spins < SPINS_BEFORE_PARKING) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1);
      }
    }
  }
}
