package dev.holdfast.simulation;

import dev.holdfast.config.Origins;
import dev.holdfast.fill.Loads;
import dev.holdfast.fill.TestFills;
import dev.holdfast.springcache.CacheOverStore;
import dev.holdfast.store.Store;
import dev.holdfast.testing.TestOrigins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueWrapper;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * One random schedule of what Spring's annotations do with a cache: loads, puts, invalidations,
 * callers that cancel, loaders that fail or hang; replayed by its seed.
 */
final class LoadSchedule {

  private static final Origins ORIGINS = TestOrigins.named(Terms.CACHE);
  private static final Duration DEADLINE =
      Objects.requireNonNull(ORIGINS.named(Terms.CACHE)).fetchTimeout();
  private static final List<String> KEYS = List.of("one", "two");
  private static final int STEPS = 60;

  /** A value, and when what brought it began. */
  private record Value(int moment, String key) {}

  private final class Load {
    private final int began = moment++;
    private final long beganMillis = millis();
    private final String key;
    private final CompletableFuture<Object> future = new CompletableFuture<>();

    /** Whether the cache has the future by now. */
    private boolean handedOver;

    private Load(String key) {
      this.key = key;
    }

    private boolean canEnd() {
      return handedOver && !future.isDone();
    }

    private boolean isRunning() {
      return !future.isDone() && millis() - beganMillis < DEADLINE.toMillis();
    }

    /** Whether what it brings is from before an invalidation. */
    private boolean isInvalid() {
      return isBetween(purges, key, began, moment);
    }
  }

  private final class Ask {
    private final int came = moment++;
    private final String key;
    private @Nullable CompletableFuture<Object> future;
    private @Nullable Load load;

    private Ask(String key) {
      this.key = key;
    }

    private boolean canJoin(Load running) {
      return running.key.equals(key) && running.isRunning() && !running.isInvalid();
    }

    private boolean isWaiting() {
      return future != null && !future.isDone();
    }

    private @Nullable Value told() {
      return future == null || future.isCompletedExceptionally()
          ? null
          : (Value) future.getNow(null);
    }
  }

  private final long seed;
  private final Dice dice;
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final Store store = new Store(1 << 20, () -> time.now(TimeUnit.NANOSECONDS));
  private final Loads loads = TestFills.loads(store, ORIGINS, time);
  private final Cache cache = CacheOverStore.named(Terms.CACHE, store, loads);
  private final Verdicts verdicts = new Verdicts();
  private final Trace trace = new Trace();
  private final List<Load> started = new ArrayList<>();
  private final List<Ask> asks = new ArrayList<>();

  /** When each key was invalidated, and when a value of it was put. */
  private final Map<String, List<Integer>> purges = new HashMap<>();

  private final Map<String, List<Integer>> puts = new HashMap<>();

  private int moment;
  private int depth;

  LoadSchedule(long seed) {
    this.seed = seed;
    this.dice = new Dice(seed);
  }

  /** What the schedule of that seed finds to be against the laws, or {@code null}. */
  static @Nullable String broken(long seed) {
    LoadSchedule schedule = new LoadSchedule(seed);
    schedule.play();
    List<String> broken = schedule.verdicts.all();
    return broken.isEmpty()
        ? null
        : "%s%nseed %d%n%s"
            .formatted(
                broken.get(0),
                schedule.seed,
                String.join(System.lineSeparator(), schedule.trace.lines()));
  }

  private void play() {
    for (int step = 0; step < STEPS && verdicts.all().isEmpty(); step++) {
      act();
      started.forEach(this::checkDeadline);
      checkAnswers();
    }
    time.advanceTimeBy(DEADLINE);
    verdicts.unless(asks.stream().noneMatch(Ask::isWaiting), "law 5: a caller waits for ever");
    verdicts.unless(loads.running(Terms.CACHE) == 0, "law 6: a load has no end");
    verdicts.unless(loads.waiting(Terms.CACHE) == 0, "law 6: a load is still listed");
    store.close();
    time.dispose();
  }

  private void checkDeadline(Load load) {
    boolean late = millis() - load.beganMillis >= DEADLINE.toMillis();
    verdicts.unless(!late || load.future.isDone(), "law 6: a loader is not told to stop", load.key);
  }

  private void act() {
    switch (dice.below(13)) {
      case 0, 1, 2, 3 -> ask(dice.oneIn(3) ? KEYS.get(1) : KEYS.get(0));
      case 4, 5, 6 -> complete();
      case 7 -> fail();
      case 8 -> cancel();
      case 9 -> purge();
      case 10 -> put(dice.of(KEYS));
      case 11 -> evict();
      default -> pass(dice.of(Duration.ofSeconds(1), Duration.ofSeconds(7), DEADLINE));
    }
  }

  private void say(Object... words) {
    trace.add(depth, millis(), words);
  }

  private void ask(String key) {
    Ask ask = new Ask(key);
    say("asks for", key);
    asks.add(ask);
    boolean hasToLoad = stored(key) == null && started.stream().noneMatch(ask::canJoin);
    ask.future = cache.retrieve(key, () -> load(ask));
    verdicts.unless(!hasToLoad || ask.load != null, "law 6: told what is not stored", key);
    if (ask.load != null) {
      ask.load.handedOver = true;
    }
  }

  private CompletableFuture<Object> load(Ask ask) {
    String key = ask.key;
    started.stream()
        .filter(ask::canJoin)
        .forEach(other -> verdicts.unless(false, "law 4: loaded twice", key, other.began));
    verdicts.unless(stored(key) == null, "law 4: loaded, though it is stored", key);
    Load load = new Load(key);
    ask.load = load;
    say("load", load.began, "of", key, "begins");
    started.add(load);
    if (depth == 0 && dice.oneIn(4)) {
      depth++;
      act(); // on another thread
      depth--;
    }
    if (dice.oneIn(8)) {
      say("load", load.began, "is done at once");
      load.future.complete(new Value(load.began, key));
    }
    return load.future;
  }

  /** What callers were told. */
  private void checkAnswers() {
    for (Ask ask : asks) {
      Value value = ask.told();
      if (value != null) {
        boolean old = isBetween(purges, ask.key, value.moment(), ask.came);
        verdicts.unless(!old, "law 2: told what was invalidated", ask.key, value);
        verdicts.unless(value.key().equals(ask.key), "law 7: another key's", ask.key, value);
      }
    }
  }

  private static boolean isBetween(
      Map<String, List<Integer>> moments, String key, int since, int until) {
    return moments.getOrDefault(key, List.of()).stream().anyMatch(at -> at > since && at < until);
  }

  private @Nullable Load drawn(Predicate<Load> condition) {
    List<Load> such = started.stream().filter(condition).toList();
    return such.isEmpty() ? null : dice.of(such);
  }

  private void complete() {
    Load load = drawn(Load::canEnd);
    if (load != null) {
      complete(load);
    }
  }

  private void complete(Load load) {
    say("load", load.began, "is done");
    Value value = new Value(load.began, load.key);
    boolean replaced = isBetween(puts, load.key, load.began, moment);
    load.future.complete(value);
    boolean right = load.isInvalid() || replaced || value.equals(stored(load.key));
    verdicts.unless(right, "law 1: loaded, and not stored", value);
  }

  private void fail() {
    Load load = drawn(Load::canEnd);
    if (load != null) {
      say("load", load.began, "fails");
      load.future.completeExceptionally(new IllegalStateException("as the schedule says"));
    }
  }

  private void cancel() {
    List<Ask> waiting = asks.stream().filter(Ask::isWaiting).toList();
    if (!waiting.isEmpty()) {
      Ask ask = dice.of(waiting);
      say("who asked for", ask.key, "cancels");
      Objects.requireNonNull(ask.future).cancel(true);
    }
  }

  private void purge() {
    if (dice.oneIn(3)) {
      say("clear");
      cache.clear();
      KEYS.forEach(key -> note(purges, key));
    } else {
      String key = dice.of(KEYS);
      say("evict", key);
      cache.evict(key);
      note(purges, key);
    }
  }

  private void note(Map<String, List<Integer>> moments, String key) {
    moments.computeIfAbsent(key, none -> new ArrayList<>()).add(moment++);
  }

  private void put(String key) {
    Value value = new Value(moment++, key);
    say("put", value.moment(), "to", key);
    if (dice.oneIn(2)) {
      cache.put(key, value);
      verdicts.unless(value.equals(stored(key)), "law 1: put, and not stored", value);
      note(puts, key);
      return;
    }
    Value before = stored(key);
    ValueWrapper found = cache.putIfAbsent(key, value);
    boolean right =
        before == null
            ? found == null && value.equals(stored(key))
            : found != null && before.equals(found.get()) && before.equals(stored(key));
    verdicts.unless(right, "law 3: put beside another", value);
    if (found == null) {
      note(puts, key);
    }
  }

  private void evict() {
    say("all is evicted");
    store.close();
  }

  private void pass(Duration by) {
    say(by, "pass");
    time.advanceTimeBy(by);
  }

  private @Nullable Value stored(String key) {
    ValueWrapper found = cache.get(key);
    return found == null ? null : (Value) found.get();
  }

  private long millis() {
    return time.now(TimeUnit.MILLISECONDS);
  }
}
