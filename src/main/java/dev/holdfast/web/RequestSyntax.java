package dev.holdfast.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request must be like to be anybody's: its length, its {@code Host} and its target. */
final class RequestSyntax {

  /** A host as DNS has them, or an address, and a port (RFC 9110 §7.2). */
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._~-]++|\\[[0-9A-Fa-f:.]++])(?::([0-9]{1,5}+))?");

  /** Absolute form (RFC 9112 §3.2.2): an authority, and an origin form whose path may be empty. */
  private static final Pattern ABSOLUTE =
      Pattern.compile("https?://([^/?]*+)(.*)", Pattern.CASE_INSENSITIVE);

  private static final int MAX_PORT = 65_535;

  /** What stands in paths and queries for itself (RFC 3986 §3.3, §3.4). */
  private static final String MARKS = "-._~!$&'()*+,;=:@/";

  private RequestSyntax() {}

  /**
   * What is wrong with it, in words for its caller, or {@code null}.
   *
   * @param fields what HTTP/2 has as {@code :authority} being its {@code Host}
   */
  static @Nullable String objection(
      HttpMethod method, String target, HttpVersion version, HttpHeaders fields) {
    List<String> lengths = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (lengths.size() > 1 || !lengths.stream().allMatch(RequestSyntax::isNumber)) {
      return "its Content-Length is none"; // RFC 9110 §8.6
    }
    List<String> hosts = fields.getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1 || (hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_1))) {
      return "it has not one Host"; // RFC 9112 §3.2
    }
    String host = hosts.isEmpty() ? null : hosts.get(0);
    return host == null || isHost(host) ? objection(method, target, host) : "its Host is none";
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isHost(String host) {
    Matcher parts = HOST.matcher(host);
    if (!parts.matches()) {
      return false;
    }
    String port = parts.group(1);
    return port == null || Integer.parseInt(port) <= MAX_PORT;
  }

  private static @Nullable String objection(
      HttpMethod method, String target, @Nullable String host) {
    if (method.equals(HttpMethod.CONNECT)) {
      return "a tunnel cannot be made through a cache";
    }
    if (target.equals("*")) {
      return method.equals(HttpMethod.OPTIONS) ? null : "its target is for OPTIONS alone";
    }
    if (target.startsWith("/")) {
      return isPathAndQuery(target) ? null : "its target is no URI";
    }
    Matcher absolute = ABSOLUTE.matcher(target);
    if (!absolute.matches() || !isPathAndQuery(absolute.group(2))) {
      return "its target is no URI of HTTP";
    }
    String authority = absolute.group(1);
    boolean isThere = host == null ? isHost(authority) : authority.equalsIgnoreCase(host);
    return isThere ? null : "its target is elsewhere than its Host";
  }

  /** Whether {@code java.net.URI} takes it, fragments and letters beyond ASCII aside. */
  static boolean isPathAndQuery(String text) {
    boolean inQuery = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (!isHexDigit(text, i + 1) || !isHexDigit(text, i + 2)) {
          return false;
        }
      } else if (!isLetterOrDigit(c) && MARKS.indexOf(c) < 0) {
        boolean ofQueries = c == '?' || (inQuery && (c == '[' || c == ']'));
        if (!ofQueries) {
          return false;
        }
        inQuery = true;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isHexDigit(String text, int at) {
    return at < text.length()
        && text.charAt(at) < 0x80
        && Character.digit(text.charAt(at), 16) >= 0;
  }
}
