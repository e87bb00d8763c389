package dev.holdfast.origin;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.Via;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The fields of a fetch: what it carries of the caller's, and what is Holdfast's own. */
final class OutgoingFields {

  /**
   * Fields by which a request could pretend another target, host, scheme or caller, none of them
   * part of the cache key: an origin that obeys one would poison what others get.
   */
  private static final Set<String> OVERRIDES =
      Set.of(
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-port",
          "x-forwarded-prefix",
          "x-forwarded-proto",
          "x-forwarded-scheme",
          "x-forwarded-server",
          "x-forwarded-ssl",
          "x-host",
          "x-http-host-override",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-host",
          "x-original-url",
          "x-real-ip",
          "x-rewrite-url");

  private final String cacheName;
  private final OriginSettings settings;
  private final Set<String> own;

  OutgoingFields(String cacheName, OriginSettings settings) {
    this.cacheName = cacheName;
    this.settings = settings;
    this.own = new HashSet<>(OVERRIDES);
    own.add("host");
    settings.defaultRequestHeaders().keySet().forEach(name -> own.add(lowerCase(name)));
  }

  /**
   * The fields to send.
   *
   * @param withBody whether a body follows; without one a length other than 0 is left out
   */
  Fields of(RequestHead request, boolean withBody) {
    boolean lengthOfNothing = "0".equals(request.fields().first("Content-Length"));
    boolean withLength = withBody || lengthOfNothing;
    Fields kept =
        request.fields().without(name -> isOwn(name) || (!withLength && framesABody(name)));
    Fields.Builder fields = Fields.builder().add("Host", settings.authority()).addAll(kept);
    fields.add("Via", Via.member(request.version(), cacheName));
    if (settings.stripPrefix() && !settings.pathPrefix().isEmpty()) {
      fields.add("X-Forwarded-Prefix", settings.pathPrefix());
    }
    for (Map.Entry<String, String> header : settings.defaultRequestHeaders().entrySet()) {
      fields.add(header.getKey(), header.getValue());
    }
    if (withBody && !kept.contains("Content-Length")) {
      fields.add("Transfer-Encoding", "chunked");
    }
    return fields.build();
  }

  private boolean isOwn(String name) {
    return own.contains(lowerCase(name));
  }

  private static boolean framesABody(String name) {
    return name.equalsIgnoreCase("Content-Length");
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
