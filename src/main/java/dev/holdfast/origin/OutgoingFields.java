package dev.holdfast.origin;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.Via;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The fields of a fetch: what it carries of the caller's, and what is Holdfast's own. */
final class OutgoingFields {

  /** What validation needs, and what keeps requests from going in circles. */
  private static final Set<String> ALWAYS_ALLOWED =
      Set.of("if-modified-since", "if-none-match", "via");

  /** What a body needs beside its length. */
  private static final Set<String> OF_A_BODY = Set.of("content-encoding", "content-type");

  private final String cacheName;
  private final OriginSettings settings;
  private final Set<String> keyed;

  /** The names in {@link #keyed} as origins may read them. */
  private final Set<String> keyedAsRead = new HashSet<>();

  /** What is never a caller's to say, as origins may read the names. */
  private final Set<String> own = new HashSet<>();

  /**
   * @param keyed names in lower case of fields that are part of the key, which may be overrides
   */
  OutgoingFields(String cacheName, OriginSettings settings, Collection<String> keyed) {
    this.cacheName = cacheName;
    this.settings = settings;
    this.keyed = Set.copyOf(keyed);
    keyed.forEach(name -> keyedAsRead.add(asRead(name)));
    own.add("host");
    settings.defaultRequestHeaders().keySet().forEach(name -> own.add(asRead(name)));
  }

  /**
   * The fields to send.
   *
   * @param withBody whether a body follows; without one a length other than 0 is left out
   * @param trace what it says of its trace; if nothing, the caller's own passes
   */
  Fields of(RequestHead request, boolean withBody, Fields trace) {
    boolean lengthOfNothing = "0".equals(request.fields().first("Content-Length"));
    Fields kept =
        request.fields().without(name -> !passes(lowerCase(name), withBody, lengthOfNothing));
    if (trace.size() > 0) {
      kept = kept.without(TraceFields.NAMES);
    }
    Fields.Builder fields = Fields.builder().add("Host", settings.authority()).addAll(kept);
    fields.addAll(trace);
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

  private boolean passes(String name, boolean withBody, boolean lengthOfNothing) {
    if (isNotTheCallers(name)) {
      return false;
    }
    if (name.equals("content-length")) {
      return withBody || lengthOfNothing;
    }
    Set<String> allowed = settings.allowedRequestHeaders();
    return allowed == null
        || allowed.contains(name)
        || ALWAYS_ALLOWED.contains(name)
        || (withBody && OF_A_BODY.contains(name));
  }

  /** Whether it is, or an origin may take it for, Holdfast's own, an override, or of the key. */
  private boolean isNotTheCallers(String name) {
    String read = asRead(name);
    boolean pretends = Overrides.contains(read) || keyedAsRead.contains(read);
    return own.contains(read) || (pretends && !keyed.contains(name));
  }

  /** CGI and its heirs know no hyphen from an underscore (RFC 3875 §4.1.18). */
  private static String asRead(String name) {
    return lowerCase(name).replace('_', '-');
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
