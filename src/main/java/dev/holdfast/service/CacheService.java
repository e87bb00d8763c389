package dev.holdfast.service;

import dev.holdfast.config.Time;
import dev.holdfast.fill.Fills;
import dev.holdfast.store.Store;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The one way of a request: look up, decide, serve or join a fill, wait no longer than asked. */
@Service
public final class CacheService {

  private final Store store;
  private final Fills fills;
  private final Time time;
  private final Scheduler timer;
  private final RequestObserver observer;
  private final WaitingCallers waiting;

  CacheService(
      Store store,
      Fills fills,
      Time time,
      Scheduler timer,
      RequestObserver observer,
      WaitingCallers waiting) {
    this.store = store;
    this.fills = fills;
    this.time = time;
    this.timer = timer;
    this.observer = observer;
    this.waiting = waiting;
  }

  /**
   * Answers one request.
   *
   * <p>Cold. Completes when the answer is written. Cancelling it is the caller's leaving: what it
   * held is let go of, and no fetch that may be stored is touched. Fails only as the writer fails.
   * The answer is written once, on the caller's executor unless it is known at once.
   *
   * @param answering writes the answer, whose body is valid until what it returns has ended
   */
  public Mono<Void> answer(CallerRequest caller, Answering answering) {
    return Mono.defer(
        () -> {
          Passage passage = new Passage(this, caller, answering);
          return passage.decide(0).doOnCancel(() -> passage.gone());
        });
  }

  Store store() {
    return store;
  }

  Fills fills() {
    return fills;
  }

  Time time() {
    return time;
  }

  Scheduler timer() {
    return timer;
  }

  RequestObserver observer() {
    return observer;
  }

  WaitingCallers waiting() {
    return waiting;
  }
}
