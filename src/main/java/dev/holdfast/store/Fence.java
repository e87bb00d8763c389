package dev.holdfast.store;

import dev.holdfast.http.TargetPath;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What was invalidated or made stale in one cache, and when, by a logical clock (law 2).
 *
 * <p>Either leaves a mark: everything in this scope whose fetch began before now is unusable, or is
 * stale. Nothing is searched for; whoever joins, stores or looks up compares. Past a bound the
 * older marks merge into one for the whole cache: more is invalidated, never less.
 */
final class Fence {

  private final int maxMarks;

  /** The logical clock: shared by all fences, so that its readings can be compared. */
  private final AtomicLong clock;

  /** The marks of targets, prefixes and tags; one goes only after {@link #wholeCache} covers it. */
  private final ConcurrentMap<Scope, Mark> marks = new ConcurrentHashMap<>();

  private final AtomicReference<Mark> wholeCache = new AtomicReference<>(Mark.NONE);

  /** The latest mark of any scope, of any prefix, and of any tag, whether merged since or not. */
  private final AtomicLong latest = new AtomicLong();

  private final AtomicLong latestPrefix = new AtomicLong();

  private final AtomicLong latestTag = new AtomicLong();

  /** No prefix with a mark is longer, so that long paths cost no more than it does. */
  private final AtomicInteger longestPrefix = new AtomicInteger();

  private final LongAdder merges = new LongAdder();

  /** How many invalidations have begun, and how many have ended. */
  private final AtomicLong begun = new AtomicLong();

  private final AtomicLong ended = new AtomicLong();

  Fence(AtomicLong clock, int maxMarks) {
    this.clock = clock;
    this.maxMarks = maxMarks;
  }

  /** Makes everything in the scope that has begun by now unusable. */
  void invalidate(Scope scope) {
    begun.incrementAndGet(); // before the reading: whoever sees no more of them comes before it
    mark(scope, Mark.invalid(clock.incrementAndGet()));
    ended.incrementAndGet();
  }

  /** Makes everything in the scope that has begun by now stale. */
  void soften(Scope scope, Instant now) {
    begun.incrementAndGet();
    mark(scope, Mark.stale(clock.incrementAndGet(), now));
    ended.incrementAndGet();
  }

  /** How many invalidations have ended, those included that made stale. */
  long ended() {
    return ended.get();
  }

  /**
   * Makes everything in the scopes that has begun by now unusable.
   *
   * @param since how many invalidations had ended at some time
   * @return the reading by which that goes, or 0 if another invalidation has begun since that time
   */
  long invalidateAlone(Collection<Scope> scopes, long since) {
    long count = begun.incrementAndGet();
    long now = clock.incrementAndGet();
    scopes.forEach(scope -> mark(scope, Mark.invalid(now)));
    ended.incrementAndGet();
    return count == since + 1 ? now : 0;
  }

  private void mark(Scope scope, Mark mark) {
    if (scope instanceof Scope.Everything) {
      wholeCache.accumulateAndGet(mark, Mark::and);
      marks.values().removeIf(covered -> covered.latest() <= mark.invalid());
    } else {
      add(scope, mark);
    }
    latest.accumulateAndGet(mark.latest(), Math::max); // behind the mark: who sees it, sees that
  }

  private void add(Scope scope, Mark mark) {
    if (scope instanceof Scope.Prefix prefix) {
      longestPrefix.accumulateAndGet(prefix.path().length(), Math::max);
    }
    marks.merge(scope, mark, Mark::and);
    if (scope instanceof Scope.Prefix) {
      latestPrefix.accumulateAndGet(mark.latest(), Math::max);
    } else if (scope instanceof Scope.Tag) {
      latestTag.accumulateAndGet(mark.latest(), Math::max);
    }
    if (marks.size() > maxMarks) {
      merges.increment();
      mergeOlderHalf();
    }
  }

  private void mergeOlderHalf() {
    long[] readings = marks.values().stream().mapToLong(Mark::latest).sorted().toArray();
    if (readings.length <= maxMarks / 2) {
      return; // another has made room
    }
    long youngest = readings[maxMarks / 2];
    marks.forEach(
        (scope, mark) -> {
          if (mark.latest() <= youngest) {
            wholeCache.accumulateAndGet(mark, Mark::and);
            marks.remove(scope, mark); // unless it is another by now
          }
        });
  }

  /** How often marks were merged for want of room. */
  long merges() {
    return merges.sum();
  }

  /** Whether what began at that reading was invalidated since. */
  boolean isPassedBy(Object target, long began, Set<String> tags) {
    return began < over(target, began, tags).invalid();
  }

  /**
   * As {@link #isPassedBy}, or has become stale since, for what has tags that nobody knows yet: any
   * tag might be its own.
   */
  boolean mayBePassedBy(Object target, long began) {
    return began < latestTag.get() || began < over(target, began, Set.of()).latest();
  }

  /** Since when what began at that reading is stale; {@code null} if nothing made it so. */
  @Nullable Instant staleSince(Object target, long began, Set<String> tags) {
    Mark over = over(target, began, tags);
    return began < over.stale() ? over.staleSince() : null;
  }

  /** All marks in one that are over what began at that reading. */
  private Mark over(Object target, long began, Set<String> tags) {
    if (began >= latest.get()) {
      return Mark.NONE;
    }
    Mark over = of(new Scope.Target(target));
    if (began < latestPrefix.get()) {
      over = over.and(ofPrefixes(target));
    }
    if (began < latestTag.get()) {
      over = over.and(ofTags(tags));
    }
    // the whole cache last: a mark goes only after the whole cache's has taken its place
    return over.and(Objects.requireNonNull(wholeCache.get()));
  }

  private Mark of(Scope scope) {
    return marks.getOrDefault(scope, Mark.NONE);
  }

  private Mark ofPrefixes(Object target) {
    if (!(target instanceof String pathAndQuery)) {
      return Mark.NONE;
    }
    String path = TargetPath.of(pathAndQuery);
    int longest = longestPrefix.get();
    Mark all = path.length() <= longest ? of(new Scope.Prefix(path)) : Mark.NONE;
    for (int end = path.indexOf('/');
        end >= 0 && end <= longest;
        end = path.indexOf('/', end + 1)) {
      all = all.and(of(new Scope.Prefix(path.substring(0, end))));
    }
    return all;
  }

  private Mark ofTags(Set<String> tags) {
    Mark all = Mark.NONE;
    for (String tag : tags) {
      all = all.and(of(new Scope.Tag(tag)));
    }
    return all;
  }

  /** The number of marks, apart from that of the whole cache. */
  int size() {
    return marks.size();
  }
}
