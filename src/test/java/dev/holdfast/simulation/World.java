package dev.holdfast.simulation;

import dev.holdfast.config.Origins;
import dev.holdfast.config.Time;
import dev.holdfast.fill.Fills;
import dev.holdfast.fill.TestFills;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.Prefer;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.origin.PlayedOrigin;
import dev.holdfast.policy.KeyPolicy;
import dev.holdfast.service.Answering;
import dev.holdfast.service.CacheService;
import dev.holdfast.service.CachedOrigin;
import dev.holdfast.service.CallerRequest;
import dev.holdfast.service.RequestObserver;
import dev.holdfast.service.RequestObserver.Left;
import dev.holdfast.service.TestService;
import dev.holdfast.service.WaitingObserver;
import dev.holdfast.springcache.CacheOverStore;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import dev.holdfast.store.TestStores;
import dev.holdfast.testing.TestOrigins;
import dev.holdfast.testing.Times;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A Holdfast without sockets, its callers and its origin, all on one thread and in virtual time.
 *
 * <p>Where a thread of the real one could be overtaken by another, and holds no lock, the schedule
 * is asked whether others act ({@link #overtaken}).
 */
final class World {

  private static final Origins ORIGINS = TestOrigins.named(Terms.CACHE);

  private final Terms terms;
  private final Met met;
  private final IntConsumer others;
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final Clock clock = Times.calendarOf(time);
  private final Time passing = new Time(this::nanos, clock);
  private final BodyMemory memory;
  private final Store store;
  private final Fills fills;
  private final CircuitBreaker breaker;
  private final Loop originLoop = new Loop(this::overtaken);
  private final PlayedOrigin origin;
  private final WatchedOrigin watched;
  private final CachedOrigin cached;
  private final CacheService service;
  private final Cache springCache;
  private final Verdicts verdicts = new Verdicts();
  private final LawsOfFetches fetchLaws = new LawsOfFetches(this, verdicts);
  private final LawsOfCallers callerLaws = new LawsOfCallers(this, fetchLaws, verdicts);
  private final LawsOfState stateLaws = new LawsOfState(this, verdicts);
  private final WaitingCallers waiting = new WaitingCallers();
  private final List<Fetch> fetches = new ArrayList<>();
  private final List<Caller> callers = new ArrayList<>();
  private final List<Purge> purges = new ArrayList<>();

  /** Why callers have left, as it was counted. */
  private final List<Left> left = new ArrayList<>();

  private int moment;
  private int evictedAt = Fetch.NEVER;
  private @Nullable Caller acting;

  /** Whether the target was known not to be storable when the caller began to act. */
  private boolean marked;

  /** Whether what was stored of it is always validated, as it was looked up first. */
  private boolean validated;

  /** Whether what was stored of it says that it is for all, as it was looked up first. */
  private boolean saidForAll;

  /**
   * @param others has something happen in between, in one of so many cases
   */
  World(Terms terms, Met met, IntConsumer others) {
    this.terms = terms;
    this.met = met;
    this.others = others;
    this.memory = new BodyMemory(terms.inFlightBytes());
    this.breaker = CircuitBreaker.of(Terms.CACHE, breakerConfig());
    this.origin = new PlayedOrigin(terms.settings(), terms.permits(), breaker, time, originLoop);
    this.watched = new WatchedOrigin(this, origin, fetchLaws, met);
    this.store = TestStores.withMarks(terms.maxMarks(), terms.storeBytes(), this::storesTime);
    this.fills = TestFills.create(store, memory, passing, watched, terms.maxWithoutCallers());
    this.springCache =
        CacheOverStore.named(Terms.CACHE, store, TestFills.loads(store, ORIGINS, time));
    this.cached =
        new CachedOrigin(
            terms.settings(), watched, terms.patience(), KeyPolicy.BY_TARGET, terms.ofStoring());
    this.service =
        TestService.create(
            store, fills, passing, time, new LeftCallers(), terms.maxWaiting(), waiting);
  }

  private CircuitBreakerConfig breakerConfig() {
    int calls = terms.breaker() ? 4 : 100; // more than a schedule has
    return CircuitBreakerConfig.custom()
        .clock(clock)
        .slidingWindowSize(calls)
        .minimumNumberOfCalls(calls)
        .waitDurationInOpenState(Duration.ofSeconds(5))
        .permittedNumberOfCallsInHalfOpenState(1)
        .build();
  }

  // ---- what the parts are told

  /** The store asks for the time. */
  private long storesTime() {
    watched.storeAsksForTheTime();
    return nanos();
  }

  private long nanos() {
    return time.now(TimeUnit.NANOSECONDS);
  }

  private final class LeftCallers implements RequestObserver {
    @Override
    public void answered(String cache, Result result, Duration took) {}

    @Override
    public void left(String cache, Left reason) {
      left.add(reason);
    }
  }

  /** Told between a caller's first look-up and its join. */
  private final class WaitingCallers implements WaitingObserver {
    private int count;

    @Override
    public void began(String cache) {
      count++;
      validated = isAlwaysValidated(acting());
      saidForAll = isSaidForAll(acting());
      overtakenInTheMidst();
    }

    @Override
    public void ended(String cache) {
      count--;
    }

    @Override
    public void refused(String cache) {}
  }

  // ---- what happens

  /** One thread can be overtaken by another here, as in many places. */
  void overtaken() {
    others.accept(12);
  }

  /** As {@link #overtaken}, where it matters most. */
  void overtakenInTheMidst() {
    others.accept(4);
  }

  int nextMoment() {
    return moment++;
  }

  /** A caller comes, and asks. */
  void come(Asking asking, String target, Caller.Pace pace) {
    Caller caller = new Caller(this, callers.size(), asking, target, pace);
    callers.add(caller);
    act(caller, caller::ask);
  }

  /** The caller does something, on its loop. */
  void act(Caller caller, Runnable what) {
    Caller outer = acting;
    boolean outerMarked = marked;
    boolean outerValidated = validated;
    boolean outerSaidForAll = saidForAll;
    acting = caller;
    marked = isMarkedFor(caller);
    validated = false;
    saidForAll = false;
    caller.loop.run(what);
    acting = outer;
    marked = outerMarked;
    validated = outerValidated;
    saidForAll = outerSaidForAll;
  }

  /** What others' credentials were answered is nothing to who has none. */
  private boolean isMarkedFor(Caller caller) {
    NotStorable why = fills.latelyNotStorable(key(caller.target));
    return why != null && (caller.asking.authorized() || !why.isByCredentials());
  }

  private boolean isAlwaysValidated(Caller caller) {
    Kept kept = kept(caller.target, caller.asking);
    return kept != null && kept.isAlwaysValidated();
  }

  private boolean isSaidForAll(Caller caller) {
    Kept kept = kept(caller.target, caller.asking);
    return kept != null && Reply.isForAll(kept.says());
  }

  /** The caller that does something now. */
  Caller acting() {
    return Objects.requireNonNull(acting, "nobody acts, and yet something is fetched");
  }

  /** Whether the caller that does something now should find its target marked as not storable. */
  boolean isMarked() {
    return marked;
  }

  /** Whether the caller that does something now may find what every request has validated. */
  boolean mayBeAlwaysValidated() {
    return validated || isAlwaysValidated(acting());
  }

  /** Whether others may wait for what the caller that does something now has fetched. */
  boolean mayBeJoined() {
    return !acting().asking.authorized() || saidForAll || isSaidForAll(acting());
  }

  Mono<Void> answer(Caller caller, Answering answering) {
    RequestHead request = caller.asking.head(caller.target);
    return service.answer(
        new CallerRequest(cached, request, Prefer.NOTHING, null, caller.loop), answering);
  }

  /** The origin does something, on its loop. */
  void play(Runnable what) {
    originLoop.run(what);
  }

  /** Makes stale what is in the scope. */
  void soften(Scope scope) {
    store.soften(Terms.CACHE, scope, passing.now());
    purges.add(new Purge(nextMoment(), scope, null, millis()));
  }

  void purge(Scope scope, boolean bySpring) {
    if (!bySpring) {
      store.invalidate(Terms.CACHE, scope);
    } else if (scope instanceof Scope.Target target) {
      springCache.evict(target.target());
    } else {
      springCache.clear();
    }
    purges.add(new Purge(nextMoment(), scope, null));
  }

  /** An unsafe request has made a target's responses unusable. */
  void invalidated(String target, Fetch by) {
    running()
        .filter(fetch -> fetch != by && fetch.target.equals(target))
        .forEach(fetch -> met.happens(Event.UNSAFE_DONE, fetch));
    purges.add(new Purge(nextMoment(), new Scope.Target(target), by));
  }

  /** All that is stored is evicted. */
  void evict() {
    store.close();
    evictedAt = nextMoment();
  }

  void pass(Duration by) {
    time.advanceTimeBy(by);
  }

  /** Something happens around all that is being fetched of a target. */
  void meets(Event event, String target) {
    running()
        .filter(fetch -> fetch.target.equals(target))
        .forEach(fetch -> met.happens(event, fetch));
  }

  /** The end of it all. */
  void end() {
    store.close();
    time.dispose();
  }

  // ---- what there is

  Terms terms() {
    return terms;
  }

  Verdicts verdicts() {
    return verdicts;
  }

  LawsOfCallers callerLaws() {
    return callerLaws;
  }

  LawsOfState stateLaws() {
    return stateLaws;
  }

  Store store() {
    return store;
  }

  Fills fills() {
    return fills;
  }

  BodyMemory memory() {
    return memory;
  }

  PlayedOrigin origin() {
    return origin;
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  Loop originLoop() {
    return originLoop;
  }

  List<Fetch> fetches() {
    return fetches;
  }

  Stream<Fetch> running() {
    return fetches.stream().filter(Fetch::isRunning);
  }

  List<Caller> callers() {
    return callers;
  }

  List<Purge> purges() {
    return purges;
  }

  /** How many callers were counted as having left for that reason. */
  long left(Left reason) {
    return left.stream().filter(reason::equals).count();
  }

  /** How many fetches run that nobody waits for. */
  long withoutCallers() {
    return running().filter(Fetch::runsForNobody).count();
  }

  int waitingCallers() {
    return waiting.count;
  }

  /** How many fetches run, or have somebody attached. */
  long readable() {
    return fetches.stream().filter(fetch -> fetch.isRunning() || fetch.attached() > 0).count();
  }

  /** The bytes that callers were handed and have not read, with the segments that they are in. */
  long bytesOnTheirWay() {
    return callers.stream().mapToLong(Caller::heldPieces).sum() * 128 * 1024;
  }

  long millis() {
    return time.now(TimeUnit.MILLISECONDS);
  }

  /** The stored response that such a request selects, or {@code null}. */
  @Nullable StoredResponse stored(String target, Asking asking) {
    Entry entry = store.peek(key(target), asking.fields());
    return entry == null ? null : (StoredResponse) entry.value();
  }

  /** What is stored that such a request selects, as the model has it, or {@code null}. */
  @Nullable Kept kept(String target, Asking asking) {
    StoredResponse found = stored(target, asking);
    return found == null ? null : Kept.of(this, found.head());
  }

  /** The fetch that a head names in that field, or {@code null}. */
  @Nullable Fetch named(ResponseHead head, String field) {
    String id = head.fields().first(field);
    return id == null ? null : fetches.get(Integer.parseInt(id));
  }

  /** Whether what is stored of a target may have gone for what the head of one has shown. */
  boolean comparedSince(int since, String target) {
    return fetches.stream()
        .anyMatch(
            fetch ->
                fetch.target.equals(target)
                    && fetch.hasComparedItsHead()
                    && fetch.writtenAt > since);
  }

  boolean mergedSince(long merges) {
    return store.mergedMarks(Terms.CACHE) > merges;
  }

  boolean purgedSince(int since, Predicate<Purge> about) {
    return purges.stream().anyMatch(purge -> purge.moment() > since && about.test(purge));
  }

  boolean evictedSince(int since) {
    return evictedAt > since;
  }

  private static CacheKey key(String target) {
    return new CacheKey(Terms.CACHE, target);
  }
}
