package dev.holdfast.purge;

import dev.holdfast.store.Scope;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to make responses of one origin unusable, or stale: those of a path, under a prefix,
 * with one of some tags, or all.
 *
 * @param origin its name
 * @param path the origin's own path and query, as they are sent to it
 * @param prefix the origin's own path; it covers whole segments
 * @param tags of which a response has one
 * @param mode {@link Mode#INVALIDATE}, unless said
 * @param refresh whether what a path has had stored is fetched anew at once
 */
public record Purge(
    String origin,
    @Nullable String path,
    @Nullable String prefix,
    @Nullable List<String> tags,
    Mode mode,
    boolean refresh) {

  /** Each is a mark, of which a cache keeps some thousands. */
  static final int MAX_TAGS = 256;

  /** What becomes of the responses. */
  public enum Mode {
    /** They are used no more. */
    INVALIDATE,
    /** They are stale from now on. */
    SOFT;

    /** As it is written: {@code soft}. */
    public String token() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Mode of(@Nullable String token) {
      return Stream.of(values())
          .filter(mode -> token == null || mode.token().equals(token))
          .findFirst()
          .orElseThrow(
              () -> new IllegalPurgeException("its mode is neither \"invalidate\" nor \"soft\""));
    }
  }

  /**
   * One that says what can be done.
   *
   * @throws IllegalPurgeException if it does not
   */
  public Purge {
    long named = Stream.of(path, prefix, tags).filter(Objects::nonNull).count();
    check(named <= 1, "it names more than one of path, prefix and tags: name one");
    if (path != null) {
      checkTarget("path", path);
    }
    if (prefix != null) {
      checkTarget("prefix", prefix);
      check(prefix.indexOf('?') < 0, "its prefix has a query, which only a path can have");
    }
    if (tags != null) {
      tags = List.copyOf(checked(tags));
    }
    check(!refresh || path != null, "refresh needs a path: nothing else is looked for");
  }

  /**
   * One as it was written, in which {@code null} is what was left out.
   *
   * @throws IllegalPurgeException if it says too little, too much, or what cannot be done
   */
  public static Purge asWritten(
      @Nullable String origin,
      @Nullable String path,
      @Nullable String prefix,
      @Nullable List<String> tags,
      @Nullable String mode,
      @Nullable Boolean refresh) {
    if (origin == null) {
      throw new IllegalPurgeException("it names no origin: write its name, as configured");
    }
    boolean anew = Objects.requireNonNullElse(refresh, false);
    return new Purge(origin, path, prefix, tags, Mode.of(mode), anew);
  }

  /** Of one target, which is invalidated. */
  public static Purge ofTarget(String origin, String target) {
    return new Purge(origin, target, null, null, Mode.INVALIDATE, false);
  }

  private static void checkTarget(String field, String target) {
    check(target.startsWith("/"), "its " + field + " does not begin with a slash");
    try {
      URI parsed = new URI("http://origin" + target);
      check(parsed.getRawFragment() == null, "its " + field + " has a fragment");
    } catch (URISyntaxException malformed) {
      throw new IllegalPurgeException(
          "its " + field + " is not as a request line has it: " + malformed.getReason());
    }
  }

  private static List<String> checked(List<String> tags) {
    check(!tags.isEmpty(), "its tags are empty: name one, or leave them out");
    check(tags.size() <= MAX_TAGS, "it names more than " + MAX_TAGS + " tags");
    for (String tag : tags) {
      check(tag != null && isTag(tag), "one of its tags is no tag: " + quoted(tag));
    }
    return tags;
  }

  /** As {@link dev.holdfast.http.Tags} finds them. */
  private static boolean isTag(String tag) {
    return !tag.isBlank() && tag.strip().equals(tag) && tag.chars().noneMatch(c -> c < ' ');
  }

  private static String quoted(@Nullable String tag) {
    return tag == null ? "null" : '"' + tag.replaceAll("\\p{Cntrl}", "?") + '"';
  }

  private static void check(boolean right, String wrong) {
    if (!right) {
      throw new IllegalPurgeException(wrong);
    }
  }

  /** What it is about, but for a path, of which some may not count. */
  List<Scope> scopesWithoutPath() {
    if (path != null) {
      return List.of();
    }
    if (prefix != null) {
      return List.of(new Scope.Prefix(prefix));
    }
    return tags == null
        ? List.of(new Scope.Everything())
        : tags.stream().<Scope>map(Scope.Tag::new).toList();
  }
}
