package dev.holdfast.fill;

import dev.holdfast.config.Time;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.Selecting;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * All fills: the table of those that can be joined, and the way to start one.
 *
 * <p>At most one fill can be joined by a request at any moment (law 4): of those for its target and
 * variant the first. Safe for use by several threads.
 */
@Component
public final class Fills {

  private static final Logger log = LoggerFactory.getLogger(Fills.class);

  private final Store store;
  private final BodyMemory memory;
  private final Time time;
  private final FillObserver observer;
  private final NotStorableTargets notStorable;
  private final FillsWithoutCallers withoutCallers;

  /**
   * The fills of each key that can be joined, one for each variant that is expected; where heads
   * show that several are for the same, the first of them is joined. A list is immutable, and
   * replaced under its key's lock only.
   */
  private final ConcurrentMap<CacheKey, List<Fill>> table = new ConcurrentHashMap<>();

  private final Set<Fill> running = ConcurrentHashMap.newKeySet();

  /** Told when no fill runs any more, once that is waited for. */
  private volatile Sinks.@Nullable Empty<Void> idle;

  Fills(
      Store store,
      BodyMemory memory,
      Time time,
      FillObserver observer,
      FillsWithoutCallers withoutCallers) {
    this.store = store;
    this.memory = memory;
    this.time = time;
    this.observer = observer;
    this.notStorable = new NotStorableTargets(time::nanos);
    this.withoutCallers = withoutCallers;
  }

  /**
   * Attaches the caller to the key's fill, or starts one.
   *
   * @param isStoredNow asked under the key's lock, after which no fill can have ended unseen
   * @return {@code null} if the response is stored by now
   */
  public @Nullable Attachment join(Ask ask, BooleanSupplier isStoredNow) {
    return join(new Joining(ask, isStoredNow, null));
  }

  private @Nullable Attachment join(Joining joining) {
    table.compute(joining.ask.key(), joining::under);
    if (joining.started != null) {
      joining.started.start();
    }
    return joining.attachment;
  }

  /**
   * Attaches the caller to the key's fill, if one is under way.
   *
   * @return {@code null} if none is that can be joined
   */
  public @Nullable Attachment joinRunning(Ask ask) {
    Joining joining = new Joining(ask, () -> true, null); // which keeps it from starting one
    table.computeIfPresent(ask.key(), joining::under);
    return joining.attachment;
  }

  /**
   * Starts the key's fill on nobody's behalf, if none runs: what nobody waits for has no place in
   * the line before the origin.
   *
   * <p>None is started beside one that runs for the same, even if that can be joined no more,
   * unless that is from before an invalidation; and none while as many run for nobody as may.
   *
   * @param variant that was stored, or {@link Selecting#ALWAYS}
   * @param isFreshNow asked under the key's lock, after which no fill can have ended unseen
   */
  public void refresh(Ask ask, Selecting variant, BooleanSupplier isFreshNow) {
    if (idle != null) {
      return;
    }
    BooleanSupplier isNeedless = () -> isFreshNow.getAsBoolean() || isBeingFetched(ask);
    Attachment attachment = join(new Joining(ask, isNeedless, variant));
    if (attachment != null) {
      attachment.leave();
    }
  }

  /** Whether the whole of the request's variant is fetched now, though none may join that. */
  private boolean isBeingFetched(Ask ask) {
    return running.stream().anyMatch(fill -> fill.bringsWholeOf(ask) && !fill.isFromBefore());
  }

  /** Starts a fetch for this caller alone, which nobody can join. */
  public Attachment pass(Ask ask) {
    Fill fill = new Fill(ask, Selecting.ALWAYS, false, this);
    Attachment attachment = Objects.requireNonNull(fill.attach(ask, false));
    fill.start();
    return attachment;
  }

  /** Why a response of that key was lately found not storable; {@code null} if none was. */
  public @Nullable NotStorable latelyNotStorable(CacheKey key) {
    return notStorable.reason(key);
  }

  /** The number of that origin's fills that wait to be let in. */
  public long queued(String origin) {
    return running.stream()
        .filter(fill -> fill.isQueued() && fill.ask().origin().name().equals(origin))
        .count();
  }

  /** The number of that origin's fills that run without callers. */
  public int withoutCallers(String origin) {
    return withoutCallers.of(origin).now();
  }

  /**
   * Completes when no fill runs, and has none begin in the background from now on.
   *
   * <p>Hot; signals on the thread that ends the last fill.
   */
  Mono<Void> whenIdle() {
    Sinks.Empty<Void> sink = Sinks.empty();
    idle = sink;
    if (running.isEmpty()) {
      sink.tryEmitEmpty();
    }
    return sink.asMono();
  }

  /** Ends all fills, as the process does. */
  void dropAll() {
    running.forEach(Fill::drop);
  }

  /** The fills that run now. */
  public List<RunningFill> running() {
    Instant now = time.now();
    return running.stream().map(fill -> fill.snapshot(now)).toList();
  }

  void began(Fill fill) {
    running.add(fill);
    observer.began(fill.ask().origin().name());
  }

  FillOutcome storeFailed(Fill fill, Throwable broken) {
    log.error("event=store-failed cache={}", fill.ask().key().cache(), broken);
    return new FillOutcome.NotStored(NotStorable.STORE_FAILED);
  }

  /** Nobody joins the fill any more. */
  void leaveTable(Fill fill) {
    table.computeIfPresent(
        fill.ask().key(),
        (key, fills) -> {
          List<Fill> others = fills.stream().filter(other -> other != fill).toList();
          return others.isEmpty() ? null : others;
        });
  }

  void ended(Fill fill, FillOutcome outcome, Duration took) {
    running.remove(fill);
    String origin = fill.ask().origin().name();
    if (outcome instanceof FillOutcome.Failed failed) {
      logFailure(fill, failed.failure(), took);
    } else if (outcome instanceof FillOutcome.Drained) {
      log.warn("event=fill-dropped {}", described(fill, took));
    }
    observer.ended(origin, outcome, took);
    Sinks.Empty<Void> waiting = idle;
    if (waiting != null && running.isEmpty()) {
      waiting.tryEmitEmpty();
    }
  }

  private void logFailure(Fill fill, OriginFailure failure, Duration took) {
    if (failure.isRefusal() || failure instanceof OriginFailure.RequestBroken) {
      return; // the breaker's own line, or the meter, has said so
    }
    log.warn("event=fill-failed {} reason=\"{}\"", described(fill, took), failure.describe());
  }

  private String described(Fill fill, Duration took) {
    RunningFill last = fill.snapshot(time.now());
    return "origin=%s path=%s took_ms=%d bytes=%d"
        .formatted(last.origin(), last.path(), took.toMillis(), last.bytes());
  }

  Store store() {
    return store;
  }

  BodyMemory memory() {
    return memory;
  }

  Time time() {
    return time;
  }

  FillsWithoutCallers.Count ofOrigin(String name) {
    return withoutCallers.of(name);
  }

  NotStorableTargets notStorable() {
    return notStorable;
  }

  /** One caller's join, carried out under the lock of the key. */
  private final class Joining {
    private final Ask ask;
    private final BooleanSupplier isStoredNow;

    /** The variant that is fetched on nobody's behalf, or {@code null}. */
    private final @Nullable Selecting refreshed;

    private @Nullable Attachment attachment;
    private @Nullable Fill started;

    private Joining(Ask ask, BooleanSupplier isStoredNow, @Nullable Selecting refreshed) {
      this.ask = ask;
      this.isStoredNow = isStoredNow;
      this.refreshed = refreshed;
    }

    private @Nullable List<Fill> under(CacheKey key, @Nullable List<Fill> listed) {
      List<Fill> inFlight = listed == null ? List.of() : listed;
      attachment = attachedToOneOf(inFlight);
      if (attachment != null || isStoredNow.getAsBoolean()) {
        return listed;
      }
      Selecting variant = refreshed == null ? expected(inFlight) : refreshed;
      Fill fill = new Fill(ask, variant, refreshed != null, Fills.this);
      attachment = fill.attach(ask, false);
      started = fill;
      List<Fill> joinable = new ArrayList<>(inFlight);
      joinable.removeIf(Fill::isOvertaken);
      joinable.add(fill);
      return List.copyOf(joinable);
    }

    private @Nullable Attachment attachedToOneOf(List<Fill> fills) {
      Selecting own = Selecting.ALWAYS;
      for (Fill fill : fills) {
        Selecting selecting = fill.selecting();
        if (!own.names().equals(selecting.names())) {
          own = Selecting.by(selecting.names(), ask.request().fields());
        }
        if (own.equals(selecting) && !fill.isOvertaken()) {
          Attachment attached = fill.attach(ask, true);
          if (attached != null) {
            return attached;
          }
        }
      }
      return null;
    }

    /** The variant that is asked about, or that the request is for as far as that is known. */
    private Selecting expected(List<Fill> inFlight) {
      Entry validated = ask.validated();
      if (validated != null) {
        return validated.selecting();
      }
      List<String> names =
          inFlight.stream()
              .map(fill -> fill.selecting().names())
              .filter(known -> !known.isEmpty())
              .findFirst()
              .orElseGet(() -> store.selectingNames(ask.key()));
      return Selecting.by(names, ask.request().fields());
    }
  }
}
