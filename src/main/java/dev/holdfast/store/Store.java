package dev.holdfast.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.StoredResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is stored: entries listed by key and variant, bounded in bytes by Caffeine.
 *
 * <p>The list of a key is the truth about what is stored under it; Caffeine decides how long an
 * entry stays, by weight and by age. Writes compare with the fence and with what is there, so that
 * nothing invalidated comes back (law 2) and nothing is replaced by an older fetch (law 3). Safe
 * for use by several threads.
 */
public final class Store implements AutoCloseable {

  /** What became of a write. */
  public enum Written {
    STORED,
    /** Invalidated since the fetch began, or a later fetch is stored already. */
    SUPERSEDED,
    /** The key has as many variants as are kept. */
    TOO_MANY_VARIANTS,
    /** It alone weighs more than there is room for, whatever else were evicted. */
    NO_ROOM
  }

  static final int MAX_VARIANTS = 64;
  static final int MAX_MARKS = 10_000;

  private final AtomicLong clock = new AtomicLong();
  private final ConcurrentMap<String, Fence> fences = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CacheCounts> counts = new ConcurrentHashMap<>();

  /** The entries of each key, one per variant; each list immutable, replaced under its key. */
  private final ConcurrentMap<CacheKey, List<Entry>> resources = new ConcurrentHashMap<>();

  /** The keys of those lists by their targets; one comes and goes with its list, under its lock. */
  private final TargetKeys targets = new TargetKeys();

  private final Cache<Entry, Entry> bound;
  private final Policy.Eviction<Entry, Entry> eviction;
  private final long maxBytes;
  private final int maxMarks;

  /** What entries weigh that are stored no more, but still read. */
  private final AtomicLong lingeringBytes = new AtomicLong();

  /**
   * @param maxBytes what all entries may weigh together
   * @param ticker the time by which entries expire
   */
  public Store(long maxBytes, Ticker ticker) {
    this(maxBytes, ticker, MAX_MARKS);
  }

  /** As the public one, with another bound on the marks of invalidations of each cache. */
  Store(long maxBytes, Ticker ticker, int maxMarks) {
    this.maxMarks = maxMarks;
    this.maxBytes = maxBytes;
    this.bound =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Entry entry, Entry same) -> entry.weightBytes())
            .expireAfter(Expiry.<Entry, Entry>writing((entry, same) -> entry.keepFor()))
            .ticker(ticker)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .removalListener(this::removed)
            .build();
    this.eviction = bound.policy().eviction().orElseThrow();
  }

  /** The reading of the logical clock that a fetch carries which begins now. */
  public long begin() {
    return clock.incrementAndGet();
  }

  /**
   * Whether what began at that reading has been invalidated since.
   *
   * @param tags that its origin gave it
   */
  public boolean isInvalidated(CacheKey key, long began, Set<String> tags) {
    return fence(key.cache()).isPassedBy(key.target(), began, tags);
  }

  /**
   * Whether what began at that reading, and is still being fetched, can have been invalidated or
   * become stale since: its tags are not known yet, so any tag's invalidation counts.
   */
  public boolean mayBeInvalidated(CacheKey key, long began) {
    return fence(key.cache()).mayBePassedBy(key.target(), began);
  }

  /**
   * The entry that the request selects (RFC 9111 §4.1), of several the latest, which has taken the
   * place of the others; counted as a hit or a miss.
   */
  public @Nullable Entry find(CacheKey key, Fields request) {
    Entry found = peek(key, request);
    CacheCounts counted = counts(key.cache());
    (found == null ? counted.misses : counted.hits).increment();
    return found;
  }

  /** As {@link #find}, without counting. */
  public @Nullable Entry peek(CacheKey key, Fields request) {
    return entries(key).stream()
        .filter(entry -> entry.selecting().matches(request))
        .filter(this::isUsable)
        .findFirst()
        .orElse(null);
  }

  /** Whether anything is stored under the key, whichever request selects it. */
  public boolean hasVariants(CacheKey key) {
    return entries(key).stream().anyMatch(this::isUsable);
  }

  /** Everything usable that is stored under the key, the latest first; looking is no use of it. */
  public List<Entry> variants(CacheKey key) {
    List<Entry> usable = new ArrayList<>();
    for (Entry entry : entries(key)) {
      if (!isInvalidated(entry) && bound.policy().getIfPresentQuietly(entry) != null) {
        usable.add(0, entry);
      }
    }
    return usable;
  }

  /** The field names that lately selected a response of this key. */
  public List<String> selectingNames(CacheKey key) {
    List<Entry> entries = entries(key);
    return entries.isEmpty() ? List.of() : entries.get(entries.size() - 1).selecting().names();
  }

  /** Everything usable that is stored of a target, whichever request selects it. */
  public List<Entry> ofTarget(String cache, Object target) {
    return targets.keysOf(cache, target).flatMap(key -> variants(key).stream()).toList();
  }

  /** Whether the entry has not been invalidated, by its target, path, tags or cache. */
  public boolean isValid(Entry entry) {
    return !isInvalidated(entry);
  }

  /**
   * The response in an entry, with {@link StoredResponse#staleSince} where {@link #soften} made it
   * stale.
   *
   * @return {@code null} if the entry holds none
   */
  public @Nullable StoredResponse responseIn(@Nullable Entry entry) {
    if (entry == null) {
      return null;
    }
    Entry.State state = entry.state(); // one of them: a renewal may come in between
    CacheKey key = entry.key();
    return state.value() instanceof StoredResponse stored
        ? stored.staleSince(
            fence(key.cache()).staleSince(key.target(), state.began(), state.tags()))
        : null;
  }

  /** Stores the entry, or releases its body where it may not be, or cannot be, stored. */
  public Written write(Entry entry) {
    Change change = new Change();
    try {
      if (fits(entry.weightBytes())) {
        list(entry, change);
      } else {
        change.written = Written.NO_ROOM;
      }
    } finally {
      if (change.written != Written.STORED) {
        entry.body().release();
      }
    }
    if (change.written == Written.STORED) {
      keep(entry, change.dropped);
    }
    return change.written;
  }

  /**
   * Has an entry go on under what its origin says anew: what was validated (law 3).
   *
   * @return {@link Written#SUPERSEDED} if the entry is stored no more or was invalidated, by now or
   *     since what is said began, or if a later fetch has renewed it
   */
  public Written renew(Entry entry, Entry.State said) {
    if (!fits(entry.weightBytes(said))) {
      bound.invalidate(entry);
      return Written.NO_ROOM;
    }
    boolean[] renewed = new boolean[1];
    resources.computeIfPresent(
        entry.key(),
        (key, entries) -> {
          renewed[0] =
              entries.contains(entry)
                  && !isInvalidated(entry)
                  && !isInvalidated(key, said.began(), said.tags())
                  && entry.began() <= said.began();
          if (renewed[0]) {
            entry.renew(said);
          }
          return entries;
        });
    // has Caffeine weigh it anew and reckon its age from now; void if it was evicted meanwhile
    boolean kept = renewed[0] && bound.asMap().replace(entry, entry) != null;
    fit();
    return kept ? Written.STORED : Written.SUPERSEDED;
  }

  /** Whether there would be room for an entry, were it the only one stored. */
  private boolean fits(int weightBytes) {
    // the weight is capped at what Caffeine can weigh
    return weightBytes <= room() && weightBytes < Integer.MAX_VALUE;
  }

  /** What stored entries may weigh beside those that are still read. */
  private long room() {
    return Math.max(0, maxBytes - lingeringBytes.get());
  }

  /**
   * Has Caffeine evict until everything fits that is stored or still read.
   *
   * <p>What is evicted while it is read makes no room, so that more has to go. Never called from
   * Caffeine's own listener.
   */
  private void fit() {
    long room;
    do {
      room = room();
      if (eviction.getMaximum() != room) {
        eviction.setMaximum(room);
      }
    } while (room > room());
  }

  private void list(Entry entry, Change change) {
    relist(entry.key(), entries -> change.apply(entry, entries));
    if (change.written == Written.TOO_MANY_VARIANTS) {
      bound.cleanUp(); // some may have expired
      relist(entry.key(), entries -> change.apply(entry, entries));
    }
  }

  /** Replaces a key's list under its lock; what has none, or is left with none, is not there. */
  private void relist(CacheKey key, UnaryOperator<List<Entry>> change) {
    resources.compute(
        key,
        (same, entries) -> {
          List<Entry> before = entries == null ? List.of() : entries;
          List<Entry> after = change.apply(before);
          if (before.isEmpty() != after.isEmpty()) {
            targets.note(key, !after.isEmpty());
          }
          return after.isEmpty() ? null : after;
        });
  }

  /** Has Caffeine keep a listed entry, and let go of what it has taken the place of. */
  private void keep(Entry entry, List<Entry> dropped) {
    counts(entry.key().cache()).size.increment();
    try {
      fit();
      bound.put(entry, entry);
    } catch (Throwable broken) {
      if (bound.asMap().remove(entry) == null) {
        removed(entry, entry, RemovalCause.EXPLICIT);
      }
      throw broken;
    } finally {
      bound.invalidateAll(dropped);
    }
    counts(entry.key().cache()).puts.increment();
    if (!entries(entry.key()).contains(entry)) {
      bound.invalidate(entry); // replaced before Caffeine knew it
    }
    fit();
  }

  /**
   * Makes everything in that scope of the cache unusable whose fetch began before now: what is
   * stored, and what is still being fetched (law 2).
   *
   * <p>Takes the same time however much is stored. The memory of a target is given back at once,
   * that of a wider scope as its responses are asked for, run out or make room.
   */
  public void invalidate(String cache, Scope scope) {
    fence(cache).invalidate(scope);
    letGo(cache, scope);
  }

  /**
   * As {@link #invalidate(String, Scope)}, of several scopes, by a reading that whoever does so may
   * go by.
   *
   * @param since as {@link #invalidations} said at some time
   * @return the reading, or 0 if another invalidation has begun since that time: one that has not
   *     makes unusable whatever goes by the reading
   */
  public long invalidateAlone(String cache, Collection<Scope> scopes, long since) {
    long reading = fence(cache).invalidateAlone(scopes, since);
    scopes.forEach(scope -> letGo(cache, scope));
    return reading;
  }

  /**
   * Makes everything in that scope of the cache stale whose fetch began before now, as it is stored
   * or will be, which {@link #responseIn} says.
   *
   * @param now the time since which it is stale
   */
  public void soften(String cache, Scope scope, Instant now) {
    fence(cache).soften(scope, now);
  }

  /** What is of the scope and known to be unusable gives its memory back. */
  private void letGo(String cache, Scope scope) {
    if (scope instanceof Scope.Target target) {
      bound.invalidateAll(
          targets
              .keysOf(cache, target.target())
              .flatMap(key -> entries(key).stream())
              .filter(this::isInvalidated)
              .toList());
    }
  }

  /** How many invalidations of that cache have ended. */
  public long invalidations(String cache) {
    return fence(cache).ended();
  }

  /** Lets go of an entry that is not to be used any more. */
  public void discard(Entry entry) {
    bound.invalidate(entry);
  }

  /** The marks of invalidations that are kept for one cache. */
  public int marks(String cache) {
    return fence(cache).size();
  }

  /** How often one cache's older marks were merged into one for all of it. */
  public long mergedMarks(String cache) {
    return fence(cache).merges();
  }

  /** What happened to the entries of one cache. */
  public CacheCounts counts(String cache) {
    return counts.computeIfAbsent(cache, name -> new CacheCounts());
  }

  /** The bytes that entries weigh now which are stored or, if they no longer are, still read. */
  public long usedBytes() {
    // in this order: what leaves in between may count twice for a moment, but never not at all
    return eviction.weightedSize().orElseThrow() + lingeringBytes.get();
  }

  /** The bytes that entries may weigh together. */
  public long maxBytes() {
    return maxBytes;
  }

  /** Lets go of everything. */
  @Override
  public void close() {
    bound.invalidateAll();
  }

  /** Carries out what is due: expiry and eviction. */
  void settle() {
    bound.cleanUp();
    fit();
  }

  private boolean isInvalidated(Entry entry) {
    Entry.State state = entry.state(); // one of them: a renewal may come in between
    return isInvalidated(entry.key(), state.began(), state.tags());
  }

  private boolean isUsable(Entry entry) {
    if (isInvalidated(entry)) {
      bound.invalidate(entry);
      return false;
    }
    return bound.getIfPresent(entry) != null;
  }

  private List<Entry> entries(CacheKey key) {
    return resources.getOrDefault(key, List.of());
  }

  private Fence fence(String cache) {
    return fences.computeIfAbsent(cache, name -> new Fence(clock, maxMarks));
  }

  private void removed(@Nullable Entry entry, @Nullable Entry same, RemovalCause cause) {
    Entry gone = Objects.requireNonNull(entry);
    relist(gone.key(), entries -> entries.stream().filter(other -> other != gone).toList());
    long weight = gone.weightBytes(); // listed no more, it is renewed no more
    lingeringBytes.addAndGet(weight);
    gone.body().whenFreed(() -> lingeringBytes.addAndGet(-weight));
    gone.body().release();
    CacheCounts counted = counts(gone.key().cache());
    counted.size.decrement();
    if (cause.wasEvicted()) {
      counted.evictions.increment();
    }
  }

  /**
   * Whether one was fetched after the other and answers a request that the other answers, too: the
   * earlier one would come back when the later one has expired (law 3).
   */
  private static boolean takesPlaceOf(Entry one, Entry other) {
    return one.began() > other.began() && one.selecting().overlaps(other.selecting());
  }

  /** One write's effect on its key's list, computed under the key's lock. */
  private final class Change {
    private Written written = Written.SUPERSEDED;

    /** What is not listed any more, but is still to leave Caffeine. */
    private List<Entry> dropped = List.of();

    private List<Entry> apply(Entry entry, List<Entry> entries) {
      if (isInvalidated(entry) || entries.stream().anyMatch(other -> takesPlaceOf(other, entry))) {
        written = Written.SUPERSEDED;
        return entries;
      }
      List<Entry> after = new ArrayList<>(entries);
      Predicate<Entry> displaced = other -> takesPlaceOf(entry, other);
      List<Entry> gone = entries.stream().filter(displaced.or(Store.this::isInvalidated)).toList();
      after.removeAll(gone);
      if (after.size() >= MAX_VARIANTS) {
        written = Written.TOO_MANY_VARIANTS;
        return entries;
      }
      dropped = gone;
      after.add(entry);
      written = Written.STORED;
      return List.copyOf(after);
    }
  }
}
