package dev.holdfast.fill;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Selecting;
import dev.holdfast.store.Body;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Fills of values that Spring's annotations cache: collapsed and fenced as the fills of responses
 * are, and as little the callers' own.
 */
@Component
public final class Loads {

  /** A value's weight is not known to us; this stands for it. */
  public static final int ASSUMED_WEIGHT_BYTES = 1024;

  /** Values do not expire by age; Caffeine takes this for ever. */
  public static final Duration FOR_EVER = Duration.ofDays(36_500);

  private static final Logger log = LoggerFactory.getLogger(Loads.class);

  private record Load(long began, Sinks.One<Result> result) {}

  private record Result(@Nullable Object value, @Nullable Throwable failure) {}

  private final Store store;

  /** The loads that can be joined; an entry changes under its key's lock only. */
  private final ConcurrentMap<CacheKey, Load> inFlight = new ConcurrentHashMap<>();

  Loads(Store store) {
    this.store = store;
  }

  /**
   * The value stored under the key, or what the loader brings, which is stored.
   *
   * <p>Each caller gets a future of its own: cancelling it reaches neither the loader nor another
   * caller. The loader runs at most once at a time per key, unless the key was invalidated since it
   * began; its failure is every caller's and is not stored.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the load is the cache's own
  public CompletableFuture<@Nullable Object> load(
      CacheKey key, Supplier<? extends CompletableFuture<?>> loader) {
    Entry found = store.find(key, Fields.EMPTY);
    if (found != null) {
      return CompletableFuture.completedFuture(valueOf(found));
    }
    return joined(key, loader);
  }

  private CompletableFuture<@Nullable Object> joined(
      CacheKey key, Supplier<? extends CompletableFuture<?>> loader) {
    Entry[] stored = new Entry[1];
    Load[] started = new Load[1];
    Load load =
        inFlight.compute(
            key,
            (same, running) -> {
              if (running != null && !store.isInvalidated(key, running.began())) {
                return running;
              }
              stored[0] = store.peek(key, Fields.EMPTY);
              if (stored[0] != null) {
                return running;
              }
              started[0] = new Load(store.begin(), Sinks.one());
              return started[0];
            });
    if (stored[0] != null) {
      return CompletableFuture.completedFuture(valueOf(stored[0]));
    }
    if (started[0] != null) {
      start(key, started[0], loader);
    }
    return load.result().asMono().flatMap(Loads::unwrapped).toFuture();
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void start(CacheKey key, Load load, Supplier<? extends CompletableFuture<?>> loader) {
    begun(loader)
        .handle(
            (value, failure) -> {
              if (failure == null) {
                write(entry(key, value, load.began()));
              }
              return new Result(value, failure);
            })
        .exceptionally(broken -> new Result(null, broken))
        .thenAccept(
            result -> {
              inFlight.remove(key, load);
              load.result().tryEmitValue(result).orThrow();
            });
  }

  /** The loader's future, whatever the loader does: a load that is listed must end. */
  private static CompletableFuture<?> begun(Supplier<? extends CompletableFuture<?>> loader) {
    try {
      return Objects.requireNonNull(loader.get(), "the loader gave no future");
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Writes a value; a store that fails costs the write, never the answer. */
  private void write(Entry entry) {
    try {
      store.write(entry);
    } catch (RuntimeException broken) {
      log.error("event=store-failed cache={}", entry.key().cache(), broken);
    }
  }

  /** An entry for a value that is no response. */
  public static Entry entry(CacheKey key, @Nullable Object value, long began) {
    return new Entry(
        key,
        Selecting.ALWAYS,
        value == null ? Absent.VALUE : value,
        Body.empty(),
        began,
        FOR_EVER,
        ASSUMED_WEIGHT_BYTES);
  }

  /** The value in an entry, {@code null} where null was cached. */
  public static @Nullable Object valueOf(Entry entry) {
    return entry.value() == Absent.VALUE ? null : entry.value();
  }

  private static Mono<Object> unwrapped(Result result) {
    Throwable failure = result.failure();
    if (failure == null) {
      return Mono.justOrEmpty(result.value());
    }
    // Reactor throws some errors instead of passing them on, and the callers would wait for ever
    return Mono.error(failure instanceof Error ? new CompletionException(failure) : failure);
  }

  /** Stands for a cached {@code null}. */
  private enum Absent {
    VALUE
  }
}
