package dev.holdfast.http;

import java.util.ArrayList;
import java.util.List;

/**
 * An entity tag (RFC 9110 §8.8.3) as it was sent, obs-text and quotes included.
 *
 * <p>Reading never fails: a text against the grammar, an unquoted one for instance, is a weak tag
 * that equals itself alone.
 *
 * @param text the tag, with {@code W/} if it is marked weak, without white space around it
 */
public record EntityTag(String text) {

  private static final String WEAK = "W/";

  /** The only tag in an {@code ETag} or {@code If-Range}. */
  public static EntityTag parse(String fieldValue) {
    return new EntityTag(fieldValue.strip());
  }

  /** The tags in the lines of an {@code If-None-Match} or {@code If-Match} (RFC 9110 §13.1). */
  public static List<EntityTag> parseList(List<String> lines) {
    List<EntityTag> tags = new ArrayList<>();
    for (String line : lines) {
      int at = 0;
      while (at < line.length()) {
        int end = memberEnd(line, at);
        EntityTag tag = parse(line.substring(at, end));
        if (!tag.text.isEmpty()) {
          tags.add(tag);
        }
        at = end + 1;
      }
    }
    return tags;
  }

  /** Whether the lines are no list but {@code *}: any current representation (RFC 9110 §13.1.2). */
  public static boolean isAny(List<String> lines) {
    return lines.size() == 1 && lines.get(0).strip().equals("*");
  }

  /** The index of the comma that ends the member; none between quotes, which nothing escapes. */
  private static int memberEnd(String line, int from) {
    for (int i = from; i < line.length(); i++) {
      if (line.charAt(i) == ',') {
        return i;
      }
      if (line.charAt(i) == '"') {
        i = Math.max(i, line.indexOf('"', i + 1));
      }
    }
    return line.length();
  }

  /** Whether it is a tag by the grammar that is not marked weak (RFC 9110 §8.8.3). */
  public boolean isStrong() {
    return text.startsWith("\"") && text.indexOf('"', 1) == text.length() - 1 && text.length() > 1;
  }

  /** Whether it is a tag by the grammar, weak or not: one that stands in a list as it is. */
  public boolean isWellFormed() {
    return new EntityTag(opaqueTag()).isStrong();
  }

  /** Weak comparison: both have the same opaque-tag (RFC 9110 §8.8.3.2). */
  public boolean matchesWeakly(EntityTag other) {
    return opaqueTag().equals(other.opaqueTag());
  }

  /** Strong comparison: neither is weak, and both are the same (RFC 9110 §8.8.3.2). */
  public boolean matchesStrongly(EntityTag other) {
    return isStrong() && text.equals(other.text);
  }

  private String opaqueTag() {
    return text.startsWith(WEAK + '"') ? text.substring(WEAK.length()) : text;
  }

  @Override
  public String toString() {
    return text;
  }
}
