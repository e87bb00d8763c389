package dev.holdfast.simulation;

import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;
import java.util.Set;

/**
 * What the origin answers to one fetch.
 *
 * @param maxAge seconds of freshness, 0 if it says nothing
 * @param directive a word that forbids sharing, or {@code public}; empty for none
 * @param etag what it is validated by, or empty
 * @param known whether its length is declared
 */
record Reply(
    int status,
    int maxAge,
    String directive,
    boolean setsCookie,
    boolean varies,
    String etag,
    Set<String> tags,
    int length,
    boolean known) {

  static Reply drawn(Dice dice, Terms terms, boolean varies, String etag) {
    boolean error = dice.oneIn(15);
    return new Reply(
        error ? dice.of(404, 503, 503) : 200,
        maxAge(dice, terms, error),
        dice.oneIn(5) ? dice.of("public", "no-store", "private") : "",
        dice.oneIn(20),
        varies,
        dice.oneIn(terms.opening().isShortLived() ? 20 : 3) ? "" : etag,
        dice.of(Set.of(), Set.of("red"), Set.of("green"), Set.of("red", "green")),
        length(dice, terms),
        dice.oneIn(2));
  }

  private static int maxAge(Dice dice, Terms terms, boolean error) {
    if (error) {
      return dice.of(0, 0, 5);
    }
    return terms.opening().isShortLived() ? dice.of(1, 1, 5) : dice.of(60, 60, 60, 5, 1, 0);
  }

  private static int length(Dice dice, Terms terms) {
    if (terms.opening() == Opening.LONG_BODY && dice.oneIn(3)) {
      return dice.between(200_000, 2_500_000);
    }
    return switch (dice.below(8)) {
      case 0 -> 0;
      case 1 -> dice.between(Terms.MAX_STORED_BYTES - 1, Terms.MAX_STORED_BYTES + 1);
      case 2 -> dice.between(Terms.MAX_STORED_BYTES + 2, 3 * Terms.MAX_STORED_BYTES);
      default -> dice.between(1, 600);
    };
  }

  /** A 304 in its stead. */
  Reply notModified() {
    return new Reply(304, maxAge, directive, setsCookie, varies, etag, tags, 0, false);
  }

  boolean isNotModified() {
    return status == 304;
  }

  /** The head, marked as this fetch's. */
  ResponseHead head(int fetch) {
    Fields.Builder fields = Fields.builder().add(Fetch.SAID, Integer.toString(fetch));
    if (!isNotModified()) {
      fields.add(Fetch.BODY, Integer.toString(fetch));
    }
    if (known && !isNotModified()) {
      fields.add("Content-Length", Integer.toString(length));
    }
    if (maxAge > 0) {
      fields.add("Cache-Control", "max-age=" + maxAge);
    }
    if (!directive.isEmpty()) {
      fields.add("Cache-Control", directive);
    }
    if (setsCookie) {
      fields.add("Set-Cookie", "a=b");
    }
    if (varies) {
      fields.add("Vary", "Accept-Language");
    }
    if (!etag.isEmpty()) {
      fields.add("ETag", etag);
    }
    if (!tags.isEmpty()) {
      fields.add("Surrogate-Key", String.join(" ", tags));
    }
    return new ResponseHead(status, "", fields.build(), "1.1");
  }

  /** Whether the head allows that it is stored, asked for like that, which took so long. */
  boolean isStorable(Asking asking, long tookMillis) {
    boolean isOfUse = isFresh(tookMillis) || (status == 200 && !etag.isEmpty());
    return isOfUse && isAllowed(asking) && (!known || length <= Terms.MAX_STORED_BYTES);
  }

  /** Whether callers that were collapsed into the fetch may have it. */
  boolean isShareable(Asking asking, long tookMillis) {
    boolean error = status >= 500 && !isFresh(tookMillis) && isAllowed(asking);
    return error || (isFresh(tookMillis) && isStorable(asking, tookMillis));
  }

  private boolean isFresh(long ageMillis) {
    return ageMillis < maxAge * 1000L;
  }

  /** Whether nothing forbids that it is stored, freshness apart. */
  boolean isAllowed(Asking asking) {
    boolean forbidden = directive.equals("no-store") || directive.equals("private") || setsCookie;
    boolean saysNothing = isNotModified() && maxAge == 0 && directive.isEmpty(); // anew
    boolean credentials = asking == Asking.AUTHORIZED && !directive.equals("public");
    return asking.couldStore() && !forbidden && (saysNothing || !credentials);
  }

  /** Whether the whole response is in the head. */
  boolean isWholeWithHead() {
    return isNotModified() || (known && length == 0);
  }
}
