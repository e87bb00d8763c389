package dev.holdfast.web;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.TransferEncoding;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request must not ask for to be forwarded safely. */
final class Admission {

  /**
   * Fields that a request cannot be forwarded without: whoever has one dropped by naming it in
   * {@code Connection} has the origin answer another question (RFC 9110 §7.6.1).
   */
  private static final Set<String> CRITICAL =
      Set.of(
          "authorization",
          "cache-control",
          "cookie",
          "forwarded",
          "host",
          "max-forwards",
          "origin",
          "pragma",
          "range",
          "transfer-encoding",
          "via");

  private static final List<String> CRITICAL_PREFIXES = List.of("content-", "if-");

  private Admission() {}

  /**
   * Why the request is refused, in words for its caller, or {@code null} if it is not.
   *
   * @param fields all of the request's, those of its hop included
   */
  static @Nullable String objection(RequestHead head, Fields fields) {
    if (head.method().equals("CONNECT")) {
      return "a tunnel cannot be made through a cache";
    }
    if (Targets.climbOut(head.target())) {
      return "its .. lead out of the origin's paths";
    }
    if (!TransferEncoding.isNoneButChunked(fields.all("Transfer-Encoding"))) {
      return "its transfer coding is not just chunked";
    }
    List<String> named = fields.members("Connection");
    if (named.contains("upgrade") && fields.members("Upgrade").contains("websocket")) {
      return "an upgrade to websocket cannot be forwarded";
    }
    return named.stream()
        .filter(Admission::isCritical)
        .findFirst()
        .map(name -> "its Connection names " + name)
        .orElse(null);
  }

  private static boolean isCritical(String name) {
    return CRITICAL.contains(name) || CRITICAL_PREFIXES.stream().anyMatch(name::startsWith);
  }
}
