package dev.holdfast.policy;

import dev.holdfast.http.EntityTag;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tags of stored responses that a request does not select, offered to the origin: it may choose
 * one of them all the same (RFC 9110 §13.1.2, RFC 9111 §4.1, §4.3.1).
 */
public final class VariantTags {

  /** So much of a request's head is left to tags: origins limit it, to 8 KiB as a rule. */
  static final int MAX_CHARS = 2048;

  private VariantTags() {}

  /**
   * Whether other variants may be offered beside the response that the request selects: a date that
   * is to be compared must stand alone, for any tag outranks it (RFC 9110 §13.1.3), and a tag
   * against the grammar might be read in a list as something else.
   *
   * @param selected what is validated anyway, or {@code null}
   */
  public static boolean mayJoin(@Nullable StoredResponse selected) {
    return selected == null || (Validation.isPossible(selected) && hasTag(selected));
  }

  /**
   * Whether the variant is offered as an answer to the request: the origin can name it, it would be
   * this caller's to have, and its content is coded as the caller can read it. The last is the
   * origin's to see to, but some give all codings of a content one tag.
   */
  public static boolean isOffered(
      RequestHead request, StoredResponse variant, CachePolicy policyOfIt) {
    return Validation.isPossible(variant)
        && hasTag(variant)
        && Storability.mayStay(request, variant, policyOfIt)
        && isReadable(request.fields(), variant.head().fields());
  }

  /** The tags of the responses, each once: the selected one's, and as many as there is room for. */
  static List<String> of(@Nullable StoredResponse selected, List<StoredResponse> variants) {
    Set<String> tags = new LinkedHashSet<>();
    if (selected != null) {
      tags.addAll(selected.head().fields().all("ETag").stream().limit(1).toList());
    }
    int chars = 0;
    for (StoredResponse variant : variants) {
      for (String tag : variant.head().fields().all("ETag")) {
        chars += tag.length() + 2;
        if (chars <= MAX_CHARS) {
          tags.add(tag);
        }
      }
    }
    return new ArrayList<>(tags);
  }

  /** Whether a 304 says of the response that it is the very bytes (RFC 9111 §4.3.4). */
  public static boolean isStronglyNamed(StoredResponse response, ResponseHead notModified) {
    String said = notModified.fields().first("ETag");
    String known = response.head().fields().first("ETag");
    return said != null
        && known != null
        && EntityTag.parse(said).matchesStrongly(EntityTag.parse(known));
  }

  private static boolean hasTag(StoredResponse response) {
    String tag = response.head().fields().first("ETag");
    return tag != null && EntityTag.parse(tag).isWellFormed();
  }

  /** Whether the request lists each coding of the content, and none with a weight of 0. */
  private static boolean isReadable(Fields request, Fields variant) {
    String normal = Selecting.by(List.of("accept-encoding"), request).values().get(0);
    List<String> accepted = List.of(Objects.requireNonNullElse(normal, "").split(",", -1));
    return variant.members("Content-Encoding").stream()
        .allMatch(
            coding ->
                accepted.stream()
                    .anyMatch(
                        member ->
                            member.equals(coding)
                                || (member.startsWith(coding + ";") && !member.endsWith(";q=0"))));
  }
}
