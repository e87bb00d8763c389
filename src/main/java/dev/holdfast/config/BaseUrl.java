package dev.holdfast.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An origin's base URL: {@code http} or {@code https}, host, port, path, and nothing else. */
final class BaseUrl {

  private static final String EXAMPLE = "http://localhost:9000";

  private BaseUrl() {}

  /** The URL with its scheme in lower case and without trailing slashes. */
  static URI parse(String property, @Nullable String written) {
    if (written == null || written.isBlank()) {
      throw new InvalidConfigurationException(
          property, null, "the origin has no base URL", instead(property, EXAMPLE));
    }
    var problem = problemOf(written);
    if (problem != null) {
      throw new InvalidConfigurationException(
          property, shown(written), problem, instead(property, suggestion(written)));
    }
    var url = URI.create(written);
    return URI.create(
        url.getScheme().toLowerCase(Locale.ROOT)
            + "://"
            + url.getRawAuthority()
            + url.getRawPath().replaceAll("/+$", ""));
  }

  private static @Nullable String problemOf(String written) {
    URI url;
    try {
      url = new URI(written);
    } catch (URISyntaxException e) {
      return "it is not a URL";
    }
    var scheme = url.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      return "it does not start with http:// or https://";
    }
    if (url.getRawUserInfo() != null) {
      return "a user name or password does not belong in it (default-request-headers can carry an"
          + " Authorization)";
    }
    if (url.getHost() == null) {
      return "it has no host name that can be read (letters, digits, '-' and '.')";
    }
    if (url.getRawAuthority().endsWith(":") || url.getPort() == 0 || url.getPort() > 65535) {
      return "its port is not between 1 and 65535";
    }
    if (url.getRawQuery() != null) {
      return "a query ('?') does not belong in it";
    }
    return url.getRawFragment() != null ? "a fragment ('#') does not belong in it" : null;
  }

  private static String suggestion(String written) {
    var withScheme = "http://" + written;
    return !written.contains("://") && problemOf(withScheme) == null ? withScheme : EXAMPLE;
  }

  private static String instead(String property, String url) {
    return "Write the URL that the origin's paths begin with, such as "
        + property
        + "="
        + url
        + ".";
  }

  /** Without what may be secret: user information, query, fragment. */
  private static String shown(String written) {
    return written.replaceAll("[?#].*$", "?…").replaceAll("^([^/]*//|)[^/]*@", "$1…@");
  }
}
