package dev.holdfast.simulation;

import dev.holdfast.http.TargetPath;
import dev.holdfast.store.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An invalidation that was acknowledged.
 *
 * @param moment of its acknowledgement
 * @param by the unsafe request that it was due to, or {@code null}
 * @param softMillis when it made stale what it is about, which it did not make unusable; {@link
 *     #HARD} if it did
 */
record Purge(int moment, Scope scope, @Nullable Fetch by, long softMillis) {

  private static final long HARD = -1;

  Purge(int moment, Scope scope, @Nullable Fetch by) {
    this(moment, scope, by, HARD);
  }

  /** Whether it has made stale what it is about, and nothing unusable. */
  boolean isSoft() {
    return softMillis != HARD;
  }

  /** Whether a response of that target with those tags is invalid, if it was fetched before. */
  boolean covers(String target, Set<String> tags) {
    return scope instanceof Scope.Tag tag ? tags.contains(tag.tag()) : mayCover(target);
  }

  /** As {@link #covers}, where the tags are not known: any might be among them. */
  boolean mayCover(String target) {
    if (scope instanceof Scope.Target one) {
      return one.target().equals(target);
    }
    if (scope instanceof Scope.Prefix prefix) {
      String path = TargetPath.of(target);
      return path.equals(prefix.path()) || path.startsWith(prefix.path() + "/");
    }
    return true;
  }

  /**
   * Whether what those fetches brought is from before it, and is covered by it.
   *
   * <p>What was confirmed afterwards may have come by the tag since, and was not covered then.
   *
   * @param body what brought the body
   * @param said what confirmed it last, or the same
   * @param tags that the response has
   */
  boolean makesOld(Fetch body, Fetch said, Set<String> tags) {
    boolean confirmedSince = said.sentAt > moment && scope instanceof Scope.Tag;
    boolean ofOthers = by != body; // what an unsafe request brings is from after that
    return !isSoft()
        && body.sentAt < moment
        && ofOthers
        && !confirmedSince
        && covers(body.target, tags);
  }
}
