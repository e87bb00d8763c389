package dev.holdfast.fill;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Fills of values that Spring's annotations cache: collapsed, bounded and fenced as the fills of
 * responses are, and as little the callers' own.
 */
@Component
public final class Loads {

  /** Loads that may run at the same time in one cache. */
  static final int MAX_IN_FLIGHT = 1_000;

  private static final Logger log = LoggerFactory.getLogger(Loads.class);

  private record Load(long began, Sinks.One<Result> result, AtomicBoolean ended) {}

  private record Result(@Nullable Object value, @Nullable Throwable failure) {}

  /** What one cache's loads may take: time each, and places together. */
  private record Bounds(Duration deadline, Semaphore places) {}

  private final Store store;
  private final Scheduler timer;
  private final Map<String, Bounds> bounds;

  /**
   * The loads that can be joined; an entry changes under its key's lock only, and so does what is
   * put under the key.
   */
  private final ConcurrentMap<CacheKey, Load> inFlight = new ConcurrentHashMap<>();

  Loads(Store store, Origins origins, Scheduler timer) {
    this.store = store;
    this.timer = timer;
    this.bounds =
        origins.all().stream()
            .collect(
                Collectors.toMap(
                    OriginSettings::name,
                    origin -> new Bounds(origin.fetchTimeout(), new Semaphore(MAX_IN_FLIGHT))));
  }

  /**
   * The value stored under the key, or what the loader brings, which is stored.
   *
   * <p>Each caller gets a future of its own: cancelling it reaches neither the loader nor another
   * caller. The loader runs at most once at a time per key, unless the key was invalidated since it
   * began; its failure is every caller's and is not stored. After the origin's {@code
   * fetch-timeout} its future is cancelled and the callers' fail with a {@link TimeoutException};
   * past {@value #MAX_IN_FLIGHT} loads of one cache they fail at once with a {@link
   * RejectedExecutionException}.
   *
   * <p>What callers hang on their futures runs one after another on the thread that ends the load,
   * as {@link CompletableFuture} has it: it must not block, or run on an executor of its own.
   */
  public CompletableFuture<@Nullable Object> load(
      CacheKey key, Supplier<? extends CompletableFuture<?>> loader) {
    Entry found = store.find(key, Fields.EMPTY);
    if (found != null) {
      return CompletableFuture.completedFuture(Values.of(found));
    }
    Joining joining = new Joining(key);
    inFlight.compute(key, (same, running) -> joining.under(running));
    if (joining.started != null) {
      start(key, joining.started, loader);
    }
    return joining.future();
  }

  /** Subscribes for nobody but the cache. */
  private void start(CacheKey key, Load load, Supplier<? extends CompletableFuture<?>> loader) {
    Mono<Result> value =
        Mono.<Object>fromFuture(() -> begun(loader))
            .map(brought -> new Result(brought, null))
            .defaultIfEmpty(new Result(null, null));
    try {
      // the deadline first, so that it runs while the loader is asked for its future
      Mono.firstWithSignal(deadline(key), value)
          .doOnNext(result -> store(key, result.value(), load.began()))
          .onErrorResume(failure -> Mono.just(new Result(null, failure)))
          .subscribe(result -> ended(key, load, result));
    } catch (Throwable thrown) { // an error of the JVM: Reactor passes no such on
      ended(key, load, new Result(null, thrown));
    }
  }

  /** The one end of every load; only its first call counts. */
  private void ended(CacheKey key, Load load, Result result) {
    if (!load.ended().compareAndSet(false, true)) {
      return;
    }
    inFlight.remove(key, load);
    bounds(key).places().release();
    load.result().tryEmitValue(result).orThrow();
  }

  /** The loader's future, whatever the loader does: a load that is listed must end. */
  private static CompletableFuture<?> begun(Supplier<? extends CompletableFuture<?>> loader) {
    try {
      return Objects.requireNonNull(loader.get(), "the loader gave no future");
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private Mono<Result> deadline(CacheKey key) {
    return Mono.delay(bounds(key).deadline(), timer).then(Mono.error(() -> tooLate(key)));
  }

  private TimeoutException tooLate(CacheKey key) {
    return new TimeoutException(
        "no value came within %d ms: holdfast.origins.%s.fetch-timeout limits each load of the cache"
            .formatted(bounds(key).deadline().toMillis(), key.cache()));
  }

  private static RejectedExecutionException tooMany(CacheKey key) {
    return new RejectedExecutionException(
        "%d loads of the cache %s run already, and no more may at the same time"
            .formatted(MAX_IN_FLIGHT, key.cache()));
  }

  /**
   * Stores a value whose load began at that reading of the store's clock, unless something newer or
   * an invalidation came in between; a store that fails costs the write, never the answer.
   */
  public void store(CacheKey key, @Nullable Object value, long began) {
    try {
      store.write(Values.entry(key, value, Values.keepFor(value), began));
    } catch (Throwable broken) { // an error would go past all that ends a load
      log.error("event=store-failed cache={}", key.cache(), broken);
    }
  }

  /** Stores a value that is there already: what is being loaded began earlier and gives way. */
  public void put(CacheKey key, @Nullable Object value) {
    Duration keepFor = Values.keepFor(value);
    inFlight.compute(
        key,
        (same, running) -> {
          store.write(Values.entry(key, value, keepFor, store.begin()));
          return running;
        });
  }

  /**
   * Stores a value unless there is one, as one step beside other puts.
   *
   * @return what is there, or {@code null} if the value was taken
   */
  public @Nullable Entry putIfAbsent(CacheKey key, @Nullable Object value) {
    Duration keepFor = Values.keepFor(value);
    Entry[] present = new Entry[1];
    inFlight.compute(
        key,
        (same, running) -> {
          present[0] = store.find(key, Fields.EMPTY);
          if (present[0] == null) {
            store.write(Values.entry(key, value, keepFor, store.begin()));
          }
          return running;
        });
    return present[0];
  }

  /** How many loads of the cache run now, those included that nobody can join any more. */
  public int running(String cache) {
    return MAX_IN_FLIGHT - bounds(cache).places().availablePermits();
  }

  /** How many callers wait for loads of the cache that can be joined. */
  public int waiting(String cache) {
    return inFlight.entrySet().stream()
        .filter(load -> load.getKey().cache().equals(cache))
        .mapToInt(load -> load.getValue().result().currentSubscriberCount())
        .sum();
  }

  private Bounds bounds(CacheKey key) {
    return bounds(key.cache());
  }

  private Bounds bounds(String cache) {
    return Objects.requireNonNull(bounds.get(cache), cache);
  }

  private static Mono<Object> unwrapped(Result result) {
    Throwable failure = result.failure();
    if (failure == null) {
      return Mono.justOrEmpty(result.value());
    }
    // Reactor throws some errors instead of passing them on, and the callers would wait for ever
    return Mono.error(failure instanceof Error ? new CompletionException(failure) : failure);
  }

  /** One caller's look for a load, under the lock of the key; without any of the three, refused. */
  private final class Joining {
    private final CacheKey key;
    private @Nullable Load joined;
    private @Nullable Load started;
    private @Nullable Entry stored;

    private Joining(CacheKey key) {
      this.key = key;
    }

    private @Nullable Load under(@Nullable Load running) {
      if (running != null && !store.isInvalidated(key, running.began(), Set.of())) {
        joined = running;
        return running;
      }
      stored = store.peek(key, Fields.EMPTY);
      if (stored != null || !bounds(key).places().tryAcquire()) {
        return running;
      }
      started = new Load(store.begin(), Sinks.one(), new AtomicBoolean());
      return started;
    }

    private CompletableFuture<@Nullable Object> future() {
      if (stored != null) {
        return CompletableFuture.completedFuture(Values.of(stored));
      }
      Load load = started != null ? started : joined;
      return load == null
          ? CompletableFuture.failedFuture(tooMany(key))
          : load.result().asMono().flatMap(Loads::unwrapped).toFuture();
    }
  }
}
