package dev.holdfast.policy;

import dev.holdfast.http.EntityTag;
import dev.holdfast.http.Fields;
import dev.holdfast.http.HttpDate;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A caller's own conditions, evaluated by the cache (RFC 9110 §13, RFC 9111 §4.3.2). */
public final class Preconditions {

  /** What the cache answers from the whole response: its conditions, and ranges of it. */
  private static final Set<String> OF_THE_CACHE =
      Set.of("if-none-match", "if-modified-since", "range", "if-range");

  /**
   * What a 304 does not bring: what describes the representation or the content, which its
   * recipient has (RFC 9110 §15.4.5), and what frames the content.
   */
  private static final Set<String> NOT_IN_A_304 =
      Set.of(
          "content-digest",
          "content-encoding",
          "content-language",
          "content-length",
          "content-md5",
          "content-range",
          "content-type",
          "digest",
          "repr-digest",
          "trailer",
          "transfer-encoding");

  private Preconditions() {}

  /**
   * Whether the request's conditions make the answer a 304 where the response would be a 200 or 206
   * (RFC 9110 §13.2). {@code If-None-Match} takes precedence over {@code If-Modified-Since}.
   */
  public static boolean notModified(RequestHead request, StoredResponse stored) {
    if (!request.isGetOrHead() || !stored.head().isOfWhatWasFound()) {
      return false;
    }
    List<String> ifNoneMatch = request.fields().all("If-None-Match");
    return ifNoneMatch.isEmpty()
        ? isUnmodifiedSince(request.fields(), stored)
        : isAmong(ifNoneMatch, stored.head().fields());
  }

  /** Whether {@code If-None-Match} is false (RFC 9110 §13.1.2). */
  private static boolean isAmong(List<String> ifNoneMatch, Fields response) {
    if (EntityTag.isAny(ifNoneMatch)) {
      return true;
    }
    String etag = response.first("ETag");
    return etag != null
        && EntityTag.parseList(ifNoneMatch).stream().anyMatch(EntityTag.parse(etag)::matchesWeakly);
  }

  /** Whether {@code If-Modified-Since} is there, one valid date, and false (RFC 9110 §13.1.3). */
  private static boolean isUnmodifiedSince(Fields request, StoredResponse stored) {
    return onlyDate(request, "If-Modified-Since")
        .filter(since -> !modificationDate(stored).isAfter(since))
        .isPresent();
  }

  /** {@code Last-Modified}, else {@code Date}, else when the response came (RFC 9111 §4.3.2). */
  private static Instant modificationDate(StoredResponse stored) {
    Fields fields = stored.head().fields();
    return onlyDate(fields, "Last-Modified")
        .or(() -> onlyDate(fields, "Date"))
        .orElse(stored.fetched().calendar());
  }

  private static Optional<Instant> onlyDate(Fields fields, String name) {
    List<String> lines = fields.all(name);
    return lines.size() == 1 ? HttpDate.parse(lines.get(0)) : Optional.empty();
  }

  /** Whether only the origin can evaluate the conditions (RFC 9111 §4.3.2). */
  public static boolean areForTheOrigin(RequestHead request) {
    Fields fields = request.fields();
    return fields.contains("If-Match") || fields.contains("If-Unmodified-Since");
  }

  /** Whether the origin is asked for the whole: for no range, and on no condition of a caller's. */
  public static boolean asksForTheWhole(RequestHead request) {
    return OF_THE_CACHE.stream().noneMatch(request.fields()::contains);
  }

  /** The request for the whole, from which the cache answers conditions and ranges. */
  public static RequestHead forTheWhole(RequestHead request) {
    return request.withFields(request.fields().without(OF_THE_CACHE));
  }

  /** The 304 that stands for the response (RFC 9110 §15.4.5). */
  public static ResponseHead notModifiedHead(ResponseHead stored) {
    Fields fields = stored.fields().without(NOT_IN_A_304);
    if (fields.contains("ETag")) {
      fields = fields.without("Last-Modified"::equalsIgnoreCase);
    }
    return new ResponseHead(304, "Not Modified", fields, stored.version());
  }

  /**
   * Whether the request's {@code Range} may be applied to the response (RFC 9110 §13.1.5): there is
   * no {@code If-Range}, or it is the response's own strong validator.
   */
  public static boolean ifRangeHolds(RequestHead request, ResponseHead response) {
    List<String> validators = request.fields().all("If-Range");
    if (validators.size() != 1) {
      return validators.isEmpty();
    }
    String validator = validators.get(0).strip();
    String etag = response.fields().first("ETag");
    boolean sameTag =
        etag != null && EntityTag.parse(validator).matchesStrongly(EntityTag.parse(etag));
    return sameTag || isStrongDate(validator, response.fields());
  }

  /** Whether it is exactly {@code Last-Modified}, and that is strong. */
  private static boolean isStrongDate(String validator, Fields response) {
    String lastModified = response.first("Last-Modified");
    return lastModified != null
        && lastModified.strip().equals(validator)
        && isModifiedLongAgo(response);
  }

  /** Whether {@code Last-Modified} is a second or more before {@code Date} (§8.8.2.2). */
  private static boolean isModifiedLongAgo(Fields response) {
    Optional<Instant> modified = onlyDate(response, "Last-Modified");
    Optional<Instant> date = onlyDate(response, "Date");
    return modified.isPresent()
        && date.isPresent()
        && Duration.between(modified.get(), date.get()).compareTo(Duration.ofSeconds(1)) >= 0;
  }

  /**
   * What a request for the rest of the response has in {@code If-Range}: its strong validator, the
   * tag if it has one (RFC 9110 §8.8, §13.1.5); empty if there is none.
   */
  static Optional<String> strongValidator(Fields response) {
    String etag = response.first("ETag");
    if (etag != null) {
      return Optional.of(EntityTag.parse(etag)).filter(EntityTag::isStrong).map(EntityTag::text);
    }
    return isModifiedLongAgo(response)
        ? Optional.ofNullable(response.first("Last-Modified")).map(String::strip)
        : Optional.empty();
  }
}
