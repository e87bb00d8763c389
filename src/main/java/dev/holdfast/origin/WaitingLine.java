package dev.holdfast.origin;

import io.github.resilience4j.bulkhead.Bulkhead;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The way into an origin's bulkhead: fetches that find it full wait in line, first come first
 * served, without blocking a thread.
 *
 * <p>A place in the line is given up by cancelling the fetch; past its bound the line takes nobody.
 */
final class WaitingLine {

  /** One fetch's place: in line until it is let in. */
  private static final class Ticket {
    private final Sinks.Empty<Void> turn = Sinks.empty();

    /** Ends a fetch that could not begin. */
    private final Sinks.Empty<Arrived> broken = Sinks.empty();
  }

  private static final Logger log = LoggerFactory.getLogger(WaitingLine.class);

  private final Bulkhead bulkhead;
  private final int maxWaiting;

  /** Guarded by its own monitor; nothing is signalled while that is held. */
  private final Set<Ticket> waiting = new LinkedHashSet<>();

  /** Above zero while a thread lets others in: a fetch that ends at once nests no second round. */
  private final AtomicInteger rounds = new AtomicInteger();

  WaitingLine(Bulkhead bulkhead, int maxWaiting) {
    this.bulkhead = bulkhead;
    this.maxWaiting = maxWaiting;
  }

  /**
   * The fetch, subscribed to once the bulkhead has a permit for it, which is given back before the
   * fetch's end is passed on.
   *
   * <p>Cancelling gives up the place or the permit. Fails with {@link OriginFailure.Full} if the
   * line is as long as it may be. A fetch that has waited is begun on the thread that gave back the
   * permit.
   */
  Mono<Arrived> admitting(Mono<Arrived> fetch) {
    return Mono.using(
        this::enter,
        ticket -> Mono.firstWithSignal(ticket.turn.asMono().then(fetch), ticket.broken.asMono()),
        this::leave);
  }

  private Ticket enter() {
    Ticket ticket = new Ticket();
    synchronized (waiting) {
      if (!waiting.isEmpty() || !hasPermit()) {
        if (waiting.size() >= maxWaiting) {
          throw new OriginFailure.Full(null);
        }
        waiting.add(ticket);
        return ticket;
      }
    }
    ticket.turn.tryEmitEmpty().orThrow();
    return ticket;
  }

  private boolean hasPermit() {
    return bulkhead.getMetrics().getAvailableConcurrentCalls() > 0
        && bulkhead.tryAcquirePermission();
  }

  private void leave(Ticket ticket) {
    boolean wasWaiting;
    synchronized (waiting) {
      wasWaiting = waiting.remove(ticket);
    }
    if (!wasWaiting) {
      bulkhead.onComplete();
      letIn();
    }
  }

  private void letIn() {
    if (rounds.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      for (Ticket next = next(); next != null; next = next()) {
        letIn(next);
      }
      seen = rounds.addAndGet(-seen);
    } while (seen != 0);
  }

  /**
   * Begins a fetch; what that throws is the fetch's failure.
   *
   * <p>Reactor throws errors of the JVM, such as that no thread is left, past all operators: it
   * would be the fetch that has just ended which suffers them, and everybody who waits.
   */
  private static void letIn(Ticket next) {
    try {
      next.turn.tryEmitEmpty().orThrow();
    } catch (Throwable thrown) {
      end(next, new OriginFailure.Internal(thrown));
    }
  }

  private static void end(Ticket broken, OriginFailure failure) {
    try {
      broken.broken.tryEmitError(failure).orThrow();
    } catch (Throwable thrown) { // its permit is back by now
      log.error("event=fetch-not-begun", thrown);
    }
  }

  private @Nullable Ticket next() {
    synchronized (waiting) {
      if (waiting.isEmpty() || !hasPermit()) {
        return null;
      }
      Iterator<Ticket> first = waiting.iterator();
      Ticket next = first.next();
      first.remove();
      return next;
    }
  }

  /** The number of fetches that wait. */
  int length() {
    synchronized (waiting) {
      return waiting.size();
    }
  }
}
