package dev.holdfast.store;

import dev.holdfast.http.TargetPath;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was invalidated in one cache, and when, by a logical clock (law 2).
 *
 * <p>An invalidation leaves a mark: everything in this scope whose fetch began before now is
 * unusable. Nothing is searched for; whoever joins, stores or looks up compares. Past a bound the
 * older marks merge into one for the whole cache: more is invalidated, never less.
 */
final class Fence {

  private final int maxMarks;

  /** The logical clock: shared by all fences, so that its readings can be compared. */
  private final AtomicLong clock;

  /** The marks of targets, prefixes and tags; one goes only after {@link #wholeCache} covers it. */
  private final ConcurrentMap<Scope, Long> marks = new ConcurrentHashMap<>();

  private final AtomicLong wholeCache = new AtomicLong();

  /** The latest mark of any prefix, and of any tag, whether it has merged since or not. */
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
    mark(scope, clock.incrementAndGet());
    ended.incrementAndGet();
  }

  /** How many invalidations have ended. */
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
    scopes.forEach(scope -> mark(scope, now));
    ended.incrementAndGet();
    return count == since + 1 ? now : 0;
  }

  private void mark(Scope scope, long now) {
    if (scope instanceof Scope.Everything) {
      mergeUpTo(now);
      return;
    }
    if (scope instanceof Scope.Prefix prefix) {
      longestPrefix.accumulateAndGet(prefix.path().length(), Math::max);
    }
    marks.merge(scope, now, Math::max);
    if (scope instanceof Scope.Prefix) {
      latestPrefix.accumulateAndGet(now, Math::max);
    } else if (scope instanceof Scope.Tag) {
      latestTag.accumulateAndGet(now, Math::max);
    }
    if (marks.size() > maxMarks) {
      merges.increment();
      marks.values().stream().sorted().skip(maxMarks / 2).findFirst().ifPresent(this::mergeUpTo);
    }
  }

  /** How often marks were merged for want of room. */
  long merges() {
    return merges.sum();
  }

  private void mergeUpTo(long reading) {
    wholeCache.accumulateAndGet(reading, Math::max);
    marks.values().removeIf(mark -> mark <= reading);
  }

  /** Whether what began at that reading was invalidated since. */
  boolean isPassedBy(Object target, long began, Set<String> tags) {
    // the whole cache last: a mark goes only after the whole cache's has taken its place
    return isBefore(began, new Scope.Target(target))
        || (began < latestPrefix.get() && isPassedByPrefix(target, began))
        || (began < latestTag.get() && isPassedByTag(began, tags))
        || began < wholeCache.get();
  }

  /** As {@link #isPassedBy}, for what has tags that nobody knows yet: any tag might be its own. */
  boolean mayBePassedBy(Object target, long began) {
    return began < latestTag.get() || isPassedBy(target, began, Set.of());
  }

  private boolean isBefore(long began, Scope scope) {
    Long mark = marks.get(scope);
    return mark != null && began < mark;
  }

  private boolean isPassedByPrefix(Object target, long began) {
    if (!(target instanceof String pathAndQuery)) {
      return false;
    }
    String path = TargetPath.of(pathAndQuery);
    int longest = longestPrefix.get();
    for (int end = path.indexOf('/');
        end >= 0 && end <= longest;
        end = path.indexOf('/', end + 1)) {
      if (isBefore(began, new Scope.Prefix(path.substring(0, end)))) {
        return true;
      }
    }
    return path.length() <= longest && isBefore(began, new Scope.Prefix(path));
  }

  private boolean isPassedByTag(long began, Set<String> tags) {
    return tags.stream().anyMatch(tag -> isBefore(began, new Scope.Tag(tag)));
  }

  /** The number of marks, apart from that of the whole cache. */
  int size() {
    return marks.size();
  }
}
