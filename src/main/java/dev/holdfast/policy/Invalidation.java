package dev.holdfast.policy;

import dev.holdfast.http.References;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;

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
    References references = new References(baseUrl, request.target());
    Set<String> targets = new LinkedHashSet<>();
    for (String field : new String[] {"Location", "Content-Location"}) {
      for (String reference : response.fields().all(field)) {
        String target = references.targetOf(reference);
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
        && request.target().equals(new References(baseUrl, request.target()).targetOf(location));
  }
}
