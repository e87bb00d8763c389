package dev.holdfast.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields behind a chunked body (RFC 9110 §6.5), which are never combined with the head's. */
public final class Trailers {

  /** The field in which a head announces them (RFC 9110 §6.6.2). */
  public static final String ANNOUNCED = "Trailer";

  /**
   * Fields that are needed before the content, or not defined to come behind it: framing, routing,
   * authentication, request modifiers, controls of responses (RFC 9110 §6.5.1).
   */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "age",
          "authentication-info",
          "authorization",
          "cache-control",
          "connection",
          "cookie",
          "date",
          "expect",
          "expires",
          "host",
          "keep-alive",
          "location",
          "max-forwards",
          "pragma",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "range",
          "retry-after",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "vary",
          "via",
          "warning",
          "www-authenticate");

  private Trailers() {}

  /**
   * What a forwarded head announces: the names received, as spelt, that may be passed on; {@code
   * null} if there are none, or the body is not chunked, so that nothing can follow it.
   *
   * @param head all fields as they came, those of the hop included
   */
  public static @Nullable String announcedBy(Fields head) {
    String received = head.combined(ANNOUNCED);
    if (received == null || !head.members("Transfer-Encoding").contains("chunked")) {
      return null;
    }
    List<String> ofTheHop = head.members("Connection");
    List<String> names = new ArrayList<>();
    for (String member : received.split(",", -1)) {
      String name = member.strip();
      if (Token.is(name) && mayFollow(name) && !ofTheHop.contains(lower(name))) {
        names.add(name);
      }
    }
    return names.isEmpty() ? null : String.join(", ", names);
  }

  /** Of the fields behind a body those that its head, as forwarded, announces. */
  public static Fields announced(Fields trailers, Fields head) {
    return trailers.only(Set.copyOf(head.members(ANNOUNCED)));
  }

  /** {@code Content-*} says how content is read; but a digest of it is known behind it only. */
  private static boolean mayFollow(String name) {
    String lower = lower(name);
    boolean ofTheContent = lower.startsWith("content-") && !lower.equals("content-digest");
    boolean condition = lower.startsWith("if-");
    return !ofTheContent && !condition && !FORBIDDEN.contains(lower);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
