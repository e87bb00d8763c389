package dev.holdfast.policy;

import dev.holdfast.http.EntityTag;
import dev.holdfast.http.FetchTimes;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Part;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asking the origin whether a stored response may still be used (RFC 9111 §4.3). */
public final class Validation {

  /** Fields that describe the stored bytes, which a 304 does not bring (§3.2). */
  private static final Set<String> OF_THE_BYTES =
      Set.of("content-encoding", "content-length", "content-range");

  private Validation() {}

  /** Whether the origin can be asked: a 200 with a validator (RFC 9110 §8.8). */
  public static boolean isPossible(StoredResponse stored) {
    Fields fields = stored.head().fields();
    boolean hasValidator = fields.contains("ETag") || fields.contains("Last-Modified");
    return stored.head().status() == 200 && hasValidator;
  }

  /**
   * The request with the stored responses' validators as its conditions (§4.3.1): the tags of all,
   * and the date of the one that the request selects, if it is asked about alone.
   *
   * @param selected by the request, or {@code null} if no such is asked about
   */
  public static RequestHead conditional(
      RequestHead request, @Nullable StoredResponse selected, List<StoredResponse> variants) {
    Fields.Builder fields = Fields.builder().addAll(request.fields());
    List<String> tags = VariantTags.of(selected, variants);
    if (!tags.isEmpty()) {
      fields.add("If-None-Match", String.join(", ", tags));
    }
    if (selected != null && variants.isEmpty()) {
      selected.head().fields().all("Last-Modified").stream()
          .findFirst()
          .ifPresent(date -> fields.add("If-Modified-Since", date));
    }
    return request.withFields(fields.build());
  }

  /**
   * The stored response as a 304 freshens it (§3.2, §4.3.4), which need not be the one that the
   * request selects.
   *
   * @return {@code null} if the 304 is about another response, or selects or forbids anew
   */
  public static @Nullable StoredResponse freshened(
      StoredResponse stored,
      RequestHead request,
      ResponseHead notModified,
      FetchTimes fetched,
      CachePolicy policy) {
    if (!isAbout(stored, notModified)) {
      return null;
    }
    ResponseHead head = Sharing.shared(updated(stored.head(), notModified.fields()), policy);
    StoredResponse freshened = new StoredResponse(head, stored.selecting(), fetched);
    boolean selectsAsBefore =
        Selecting.of(head.fields(), request.fields()).names().equals(stored.selecting().names());
    return selectsAsBefore && Storability.mayStay(request.withMethod("GET"), freshened, policy)
        ? freshened
        : null;
  }

  /**
   * Whether the head of a {@code HEAD}'s response is about what is stored (§4.3.5): no validator,
   * nor the content's length, says otherwise.
   *
   * @param bodyBytes the length of what is stored
   */
  public static boolean isHeadOf(StoredResponse stored, long bodyBytes, ResponseHead head) {
    Optional<Part> part = stored.head().part();
    long completeLength = part.map(Part::completeLength).orElse(bodyBytes);
    return (part.isPresent() || stored.head().status() == head.status())
        && isAbout(stored, head)
        && head.contentLength().orElse(completeLength) == completeLength
        && (!head.fields().contains("Last-Modified")
            || head.fields()
                .all("Last-Modified")
                .equals(stored.head().fields().all("Last-Modified")));
  }

  /** Whether no validator of the 304 says that another response was selected (§4.3.4). */
  public static boolean isAbout(StoredResponse stored, ResponseHead notModified) {
    String etag = notModified.fields().first("ETag");
    if (etag != null) {
      String known = stored.head().fields().first("ETag");
      return known != null && EntityTag.parse(etag).matchesWeakly(EntityTag.parse(known));
    }
    String lastModified = notModified.fields().first("Last-Modified");
    return lastModified == null
        || lastModified.equals(stored.head().fields().first("Last-Modified"));
  }

  /** The stored head under what a later response of the same state says (§3.2). */
  static ResponseHead updated(ResponseHead stored, Fields later) {
    Fields update = later.without(OF_THE_BYTES);
    Set<String> replaced = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    replaced.add("Age"); // it was that of the earlier answer (§4.2.3)
    replaced.add("Date");
    update.forEach((name, value) -> replaced.add(name));
    Fields fields =
        Fields.builder().addAll(stored.fields().without(replaced::contains)).addAll(update).build();
    return new ResponseHead(stored.status(), stored.reason(), fields, stored.version());
  }
}
