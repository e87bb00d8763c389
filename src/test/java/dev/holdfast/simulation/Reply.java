package dev.holdfast.simulation;

import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;
import java.util.List;
import java.util.Set;

/**
 * What the origin answers to one fetch.
 *
 * @param says what it says about caching
 * @param etag what it is validated by, or empty
 * @param age the seconds that it has spent elsewhere
 * @param length of the body; of the whole, if only the head is asked for
 * @param known whether its length is declared
 * @param named other targets that it names
 */
record Reply(
    int status,
    Directives says,
    boolean setsCookie,
    boolean varies,
    String etag,
    Set<String> tags,
    int age,
    int length,
    boolean known,
    List<Named> named) {

  /**
   * A target that a field names.
   *
   * @param reference as the field has it
   * @param target that it means, or empty if that is none of the origin's
   */
  record Named(String field, String reference, String target) {}

  /** The errors that a stale response may stand in for. */
  private static final Set<Integer> ERRORS = Set.of(500, 502, 503, 504);

  /** Those drawn here that are stored though they do not say for how long they are fresh. */
  private static final Set<Integer> HEURISTIC = Set.of(200, 404);

  /** One without a body. */
  static Reply with(Directives says, boolean varies, String etag) {
    return new Reply(200, says, false, varies, etag, Set.of(), 0, 0, true, List.of());
  }

  Reply with(int otherStatus) {
    return new Reply(otherStatus, says, setsCookie, varies, etag, tags, age, length, known, named);
  }

  Reply with(String otherEtag) {
    return new Reply(status, says, setsCookie, varies, otherEtag, tags, age, length, known, named);
  }

  Reply with(Set<String> otherTags) {
    return new Reply(status, says, setsCookie, varies, etag, otherTags, age, length, known, named);
  }

  Reply saying(Directives other) {
    return new Reply(status, other, setsCookie, varies, etag, tags, age, length, known, named);
  }

  Reply naming(List<Named> others) {
    return new Reply(status, says, setsCookie, varies, etag, tags, age, length, known, others);
  }

  Reply withCookie() {
    return new Reply(status, says, true, varies, etag, tags, age, length, known, named);
  }

  Reply aged(int seconds) {
    return new Reply(status, says, setsCookie, varies, etag, tags, seconds, length, known, named);
  }

  Reply ofLength(int bytes, boolean declared) {
    return new Reply(status, says, setsCookie, varies, etag, tags, age, bytes, declared, named);
  }

  /** A 304 in its stead. */
  Reply notModified() {
    return with(304).ofLength(0, false);
  }

  boolean isNotModified() {
    return status == 304;
  }

  /** Whether a stale response may stand in for it. */
  boolean isError() {
    return ERRORS.contains(status);
  }

  /**
   * The head, marked as this fetch's.
   *
   * @param whole whether it is that of a body which this fetch brings
   */
  ResponseHead head(int fetch, boolean whole) {
    String mark = Integer.toString(fetch);
    Fields.Builder fields = Fields.builder().add(Fetch.SAID, mark);
    addIf(whole && !isNotModified(), fields, Fetch.BODY, mark);
    addIf(known && !isNotModified(), fields, "Content-Length", Integer.toString(length));
    addIf(!says.isEmpty(), fields, "Cache-Control", says.toString());
    addIf(!says.isEmpty(), fields, Fetch.SAYS, mark);
    addIf(setsCookie, fields, "Set-Cookie", "a=b");
    addIf(varies, fields, "Vary", "Accept-Language");
    addIf(!etag.isEmpty(), fields, "ETag", etag);
    addIf(age > 0, fields, "Age", Integer.toString(age));
    addIf(!tags.isEmpty(), fields, "Surrogate-Key", String.join(" ", tags));
    named.forEach(each -> fields.add(each.field(), each.reference()));
    return new ResponseHead(status, "", fields.build(), "1.1");
  }

  private static void addIf(boolean condition, Fields.Builder to, String name, String value) {
    if (condition) {
      to.add(name, value);
    }
  }

  /** Whether the head allows that it is stored, asked for like that, which took so long. */
  boolean isStorable(Asking asking, String target, long tookMillis) {
    return (asking.couldStore() || isAsGot(asking, target))
        && (canBeValidated() || !says.has("no-cache"))
        && isOfUse(tookMillis)
        && isAllowed(asking)
        && (!known || length <= Terms.MAX_STORED_BYTES);
  }

  private boolean isOfUse(long tookMillis) {
    boolean mayBeKept = isExplicit() || HEURISTIC.contains(status) || says.has("public");
    return mayBeKept && (isFresh(tookMillis) || canBeValidated() || Staleness.isEverAllowed(this));
  }

  private boolean isExplicit() {
    return says.hasAny("max-age", "s-maxage");
  }

  private boolean canBeValidated() {
    return status == 200 && !etag.isEmpty();
  }

  /** Whether a {@code POST}'s response is what would be got, and says for how long. */
  private boolean isAsGot(Asking asking, String target) {
    return asking.method().equals("POST")
        && status == 200
        && isExplicit()
        && named.stream()
            .anyMatch(
                each -> each.field().equals("Content-Location") && each.target().equals(target));
  }

  /** Whether callers that were collapsed into the fetch may have it, as far as it goes. */
  boolean isShareable(Asking asking, String target, long tookMillis) {
    boolean onlyLacksFreshness =
        status >= 500
            && asking.couldStore()
            && isAllowed(asking)
            && !says.has("no-cache")
            && !isOfUse(tookMillis);
    return onlyLacksFreshness || isUsable(asking, target, tookMillis);
  }

  /** Whether it is stored, and answers others that ask plainly. */
  boolean isUsable(Asking asking, String target, long tookMillis) {
    return isFresh(tookMillis) && !says.has("no-cache") && isStorable(asking, target, tookMillis);
  }

  /** Whether it is fresh so long after it was asked for. */
  boolean isFresh(long afterMillis) {
    return age * 1000L + afterMillis < lifetimeMillis();
  }

  long lifetimeMillis() {
    return says.millis("s-maxage", says.millis("max-age", 0));
  }

  /** Whether nothing forbids that it is stored, freshness apart. */
  boolean isAllowed(Asking asking) {
    boolean ofAPart = asking.part() && status != 200; // it may be due to that
    boolean forbidden = says.hasAny("no-store", "private") || setsCookie || ofAPart;
    boolean saysNothing = isNotModified() && says.isEmpty(); // anew
    boolean credentials = asking.authorized() && !isForAll(says);
    return asking.allowsStoring() && !forbidden && (saysNothing || !credentials);
  }

  /** Whether what was asked for with credentials may be given to others. */
  static boolean isForAll(Directives says) {
    return says.hasAny("public", "s-maxage", "must-revalidate");
  }

  /** Whether the whole response is in the head. */
  boolean isWholeWithHead() {
    return isNotModified() || (known && length == 0);
  }
}
