package dev.holdfast.policy;

import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request makes unusable of that which is stored (RFC 9111 §4.4). */
public final class Invalidation {

  private Invalidation() {}

  /** Whether the method is not known to be safe (RFC 9110 §9.2.1). */
  public static boolean isUnsafe(RequestHead request) {
    return !Requests.isSafe(request);
  }

  /** Whether an unsafe request that was answered so has changed something: no error came. */
  public static boolean isDueTo(ResponseHead response) {
    return response.status() >= 200 && response.status() < 400;
  }

  /**
   * The targets that {@code Location} and {@code Content-Location} name, as far as they are the
   * same origin's and under its base path.
   *
   * @param baseUrl the origin's, without a trailing slash
   */
  public static Set<String> namedTargets(URI baseUrl, RequestHead request, ResponseHead response) {
    Set<String> targets = new LinkedHashSet<>();
    for (String field : new String[] {"Location", "Content-Location"}) {
      for (String reference : response.fields().all(field)) {
        String target = targetOf(baseUrl, request, reference);
        if (target != null) {
          targets.add(target);
        }
      }
    }
    return targets;
  }

  /**
   * Whether the response to a {@code POST} is what a {@code GET} of its target would bring, and
   * says for how long (RFC 9110 §9.3.3).
   */
  static boolean isStorablePost(
      URI baseUrl, RequestHead request, ResponseHead response, boolean explicitlyFresh) {
    String location = response.fields().first("Content-Location");
    return request.method().equals("POST")
        && response.status() == 200
        && explicitlyFresh
        && location != null
        && request.target().equals(targetOf(baseUrl, request, location));
  }

  private static @Nullable String targetOf(URI baseUrl, RequestHead request, String reference) {
    URI named;
    try {
      named = new URI(baseUrl + request.target()).resolve(new URI(reference.strip()));
    } catch (URISyntaxException noReference) {
      return null;
    }
    String basePath = baseUrl.getRawPath();
    String path = named.getRawPath();
    boolean isUnder = path != null && (path + "/").startsWith(basePath + "/");
    if (!isUnder || !isSameOrigin(baseUrl, named)) {
      return null;
    }
    String rest = path.substring(basePath.length());
    String query = named.getRawQuery() == null ? "" : "?" + named.getRawQuery();
    return (rest.isEmpty() ? "/" : rest) + query;
  }

  /** RFC 6454 §5. */
  private static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
