package dev.holdfast.policy;

import dev.holdfast.http.CacheControl;
import dev.holdfast.http.RequestHead;
import java.util.Set;

/** What a caller's request says about caching (RFC 9111 §5.2.1). */
final class Requests {

  /** Fields that make the answer a part or a 304 (RFC 9110 §13, §14). */
  private static final Set<String> PARTIAL =
      Set.of(
          "Range",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "If-Unmodified-Since",
          "If-Range");

  private Requests() {}

  /** Whether the answer may be other than the whole representation. */
  static boolean asksForLessThanTheWhole(RequestHead request) {
    return PARTIAL.stream().anyMatch(request.fields()::contains);
  }

  /** Whether a stored response may not be used without asking the origin (§5.2.1.4, §5.4). */
  static boolean asksForTheOrigin(RequestHead request) {
    if (request.fields().contains("Cache-Control")) {
      return CacheControl.ofRequest(request.fields()).has("no-cache");
    }
    return request.fields().members("Pragma").contains("no-cache");
  }

  static boolean forbidsStoring(RequestHead request) {
    return CacheControl.ofRequest(request.fields()).has("no-store");
  }
}
