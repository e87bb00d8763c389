package dev.holdfast.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directives of one message's {@code Cache-Control} (RFC 9111 §5.2), or of the field that takes
 * its place (RFC 9213).
 *
 * <p>Parsing never fails: what is not a directive is left out, and an argument against the grammar
 * is as good as none. Of a directive that occurs twice the first occurrence counts (§4.2.1);
 * several {@code no-cache} or {@code private} say what all say. Names are in lower case. Immutable.
 */
public final class CacheControl {

  /** What a delta-seconds that is too large to represent counts as (RFC 9111 §1.2.2). */
  public static final long MAX_DELTA_SECONDS = 1L << 31;

  private static final CacheControl NONE = new CacheControl(Map.of(), false);

  private final Map<String, String> directives;
  private final boolean targeted;

  private CacheControl(Map<String, String> directives, boolean targeted) {
    this.directives = Collections.unmodifiableMap(directives);
    this.targeted = targeted;
  }

  /** The directives of a request: those of its {@code Cache-Control} lines. */
  public static CacheControl ofRequest(Fields request) {
    return of(request);
  }

  /**
   * The directives of a response that are meant for this cache: those of the first targeted field
   * that is there, valid and not empty, else those of {@code Cache-Control} (RFC 9213 §2.2).
   */
  public static CacheControl ofResponse(Fields response) {
    Map<String, String> targeted = TargetedField.directives(response);
    return targeted == null ? of(response) : new CacheControl(targeted, true);
  }

  private static CacheControl of(Fields fields) {
    List<String> lines = fields.all("Cache-Control");
    return lines.isEmpty() ? NONE : parse(lines);
  }

  /** The directives of these lines of {@code Cache-Control}. */
  static CacheControl parse(List<String> lines) {
    return new CacheControl(Directives.parse(lines), false);
  }

  /** These directives without the ones of those names. */
  public CacheControl without(Set<String> names) {
    Map<String, String> kept = new LinkedHashMap<>(directives);
    kept.keySet().removeAll(names);
    return new CacheControl(kept, targeted);
  }

  /**
   * Whether a targeted field says this: then {@code Cache-Control} and {@code Expires} do not count
   * (RFC 9213 §2.2).
   */
  public boolean isTargeted() {
    return targeted;
  }

  /** Whether the directive is there, with or without an argument. */
  public boolean has(String directive) {
    return directives.containsKey(directive);
  }

  /** The directive's argument without quotes, empty if it has none, {@code null} if absent. */
  public @Nullable String argument(String directive) {
    return directives.get(directive);
  }

  /**
   * The directive's delta-seconds (RFC 9111 §1.2.2): empty if the directive is absent; 0, that is
   * stale, if its argument is no number (§4.2.1).
   */
  public OptionalLong seconds(String directive) {
    String argument = directives.get(directive);
    return argument == null
        ? OptionalLong.empty()
        : OptionalLong.of(deltaSeconds(argument).orElse(0));
  }

  /** A delta-seconds, or empty where the text is none; too large a number is capped. */
  public static OptionalLong deltaSeconds(String text) {
    OptionalLong seconds = Digits.parse(text);
    return seconds.isPresent()
        ? OptionalLong.of(Math.min(MAX_DELTA_SECONDS, seconds.getAsLong()))
        : seconds;
  }

  /**
   * The field names, in lower case, that a {@code no-cache} or {@code private} is limited to (RFC
   * 9111 §5.2.2.4, §5.2.2.7); empty if it is absent, or limited to none.
   */
  public Set<String> fieldNames(String directive) {
    String argument = directives.get(directive);
    return argument == null ? Set.of() : Directives.fieldNames(argument);
  }

  /** Whether the directive is there and names no field: it is about the whole response. */
  public boolean isUnqualified(String directive) {
    return has(directive) && fieldNames(directive).isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CacheControl control
        && targeted == control.targeted
        && directives.equals(control.directives);
  }

  @Override
  public int hashCode() {
    return 31 * directives.hashCode() + Boolean.hashCode(targeted);
  }

  /** The directives as a {@code Cache-Control} has them, each once: {@code max-age=5, no-cache}. */
  @Override
  public String toString() {
    return Directives.print(directives);
  }
}
