package dev.holdfast.http;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The references in the response to one request, resolved to targets of its origin (RFC 3986 §5.2).
 *
 * <p>Reading never fails. What is resolved stays as it is written, byte for byte, but for dot
 * segments: no escape is read as what it stands for.
 */
public final class References {

  /** Scheme, authority, path, query (RFC 3986 appendix B); the fragment does not count. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?");

  /** What RFC 3986 §2 leaves to a reference; in any other form it is none. */
  private static final Pattern CHARS =
      Pattern.compile("(?:[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*");

  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  private final URI baseUrl;
  private final String path;
  private final @Nullable String query;

  /**
   * @param baseUrl the origin's, without a trailing slash
   * @param target the request's, which is written behind that
   */
  public References(URI baseUrl, String target) {
    this.baseUrl = baseUrl;
    this.path = baseUrl.getRawPath() + TargetPath.of(target);
    int mark = target.indexOf('?');
    this.query = mark < 0 ? null : target.substring(mark + 1);
  }

  /**
   * The target that a reference names, path and query, as requests of this origin have it.
   *
   * @return {@code null} if it is no reference, another origin's, or not under the base URL's path
   */
  public @Nullable String targetOf(String reference) {
    String text = reference.strip();
    Matcher parts = PARTS.matcher(text);
    if (!CHARS.matcher(text).matches() || !parts.matches()) {
      return null;
    }
    String scheme = parts.group(1);
    String authority = parts.group(2);
    boolean isElsewhere = authority == null ? scheme != null : !isOfTheOrigin(scheme, authority);
    return isElsewhere ? null : underTheBase(resolved(authority, parts.group(3), parts.group(4)));
  }

  /** Path and query (RFC 3986 §5.2.2), the scheme and the authority being the origin's. */
  private String resolved(@Nullable String authority, String named, @Nullable String namedQuery) {
    boolean isSameDocument = authority == null && named.isEmpty();
    String whole = isSameDocument ? path : withoutDots(absolute(authority, named));
    String queried = isSameDocument && namedQuery == null ? query : namedQuery;
    return queried == null ? whole : whole + "?" + queried;
  }

  /** RFC 3986 §5.2.3; an empty path is that of the root (§6.2.3). */
  private String absolute(@Nullable String authority, String named) {
    if (authority != null || named.startsWith("/")) {
      return named.isEmpty() ? "/" : named;
    }
    return path.substring(0, path.lastIndexOf('/') + 1) + named;
  }

  /** RFC 3986 §5.2.4. */
  private static String withoutDots(String absolutePath) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = absolutePath.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean up = segments[i].equals("..");
      if (up) {
        kept.pollLast();
      } else if (!segments[i].equals(".")) {
        kept.add(segments[i]);
      }
      boolean isLast = i == segments.length - 1;
      if (isLast && (up || segments[i].equals("."))) {
        kept.add(""); // it names the directory
      }
    }
    return "/" + String.join("/", kept);
  }

  private @Nullable String underTheBase(String pathAndQuery) {
    String base = baseUrl.getRawPath();
    boolean isUnder = (TargetPath.of(pathAndQuery) + "/").startsWith(base + "/");
    if (!isUnder) {
      return null;
    }
    String rest = pathAndQuery.substring(base.length());
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /** RFC 6454 §5; who the user is does not count. */
  private boolean isOfTheOrigin(@Nullable String scheme, String authority) {
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = host.indexOf(':', host.indexOf(']') + 1);
    String name = colon < 0 ? host : host.substring(0, colon);
    String port = colon < 0 ? "" : host.substring(colon + 1);
    boolean hasPort = !port.isEmpty();
    return (scheme == null || scheme.equalsIgnoreCase(baseUrl.getScheme()))
        && name.equalsIgnoreCase(baseUrl.getHost())
        && (!hasPort || PORT.matcher(port).matches())
        && (hasPort ? Integer.parseInt(port) : Ports.ofScheme(baseUrl)) == Ports.of(baseUrl);
  }
}
