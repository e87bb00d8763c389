package dev.holdfast.http;

import java.net.URI;

/** The ports of {@code http} and {@code https} URLs (RFC 9110 §4.2.1, §4.2.2). */
public final class Ports {

  private Ports() {}

  /** The one that the URL names, else its scheme's. */
  public static int of(URI url) {
    return url.getPort() < 0 ? ofScheme(url) : url.getPort();
  }

  /** The one of a URL with that scheme which names none. */
  static int ofScheme(URI url) {
    return url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
