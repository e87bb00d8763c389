package dev.holdfast.store;

/** What of one cache an invalidation is about. */
public sealed interface Scope {

  /**
   * One target in all its variants, or one key of Spring's annotations.
   *
   * @param target as in {@link dev.holdfast.http.CacheKey}
   */
  record Target(Object target) implements Scope {}

  /**
   * Every target whose path lies under a path, by whole segments: {@code /items} covers {@code
   * /items}, {@code /items/1} and {@code /items?x=y}, and not {@code /items2}.
   *
   * @param path the origin's own path; one slash at its end makes no difference
   */
  record Prefix(String path) implements Scope {

    public Prefix {
      path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
  }

  /**
   * Every response that its origin gave that tag.
   *
   * @param tag as in {@link dev.holdfast.http.Tags}
   */
  record Tag(String tag) implements Scope {}

  /** The whole cache. */
  record Everything() implements Scope {}
}
