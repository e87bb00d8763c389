package dev.holdfast.origin;

import java.util.List;
import java.util.Set;

/**
 * Fields by which a request could pretend another target, method, host, scheme, port, prefix or
 * client than its own: those that proxies set for what is behind them, and those that frameworks
 * obey. None is part of the cache key, so an origin that obeys one would poison what others get.
 *
 * <p>Not among them is what describes the caller and nothing else (its country, its device, its
 * user): whoever answers by that says so in {@code Vary}.
 */
final class Overrides {

  /** What every name that begins so is. */
  private static final List<String> PREFIXES =
      List.of(
          "$ws", // of WebSphere's plug-in: scheme, server, client and its certificate
          "fly-forwarded-",
          "forwarded",
          "ssl-client-",
          "wl-proxy-",
          "x-amzn-mtls-",
          "x-envoy-original-",
          "x-forward",
          "x-original-",
          "x-originating-",
          "x-rewrite-",
          "x-ssl-");

  private static final Set<String> OF_THE_TARGET =
      Set.of(
          "base-url",
          "http-url",
          "proxy-url",
          "raw-request-uri",
          "request-uri",
          "x-auth-request-redirect",
          "x-http-destinationurl",
          "x-ingress-path",
          "x-invoke-path",
          "x-invoke-query",
          "x-matched-path",
          "x-now-route-matches",
          "x-override-url",
          "x-proxy-url",
          "x-replaced-path",
          "x-script-name",
          "x-waws-unencoded-url");

  private static final Set<String> OF_THE_METHOD =
      Set.of("x-http-method", "x-http-method-override", "x-method-override");

  private static final Set<String> OF_HOST_AND_SCHEME =
      Set.of(
          "cf-visitor",
          "cloudfront-forwarded-proto",
          "disguised-host",
          "fastly-ssl",
          "front-end-https",
          "proxy", // CGI makes HTTP_PROXY of it, by which the origin's own requests go
          "proxy-host",
          "was-default-hostname",
          "x-appengine-default-version-hostname",
          "x-appengine-https",
          "x-appservice-proto",
          "x-arr-ssl",
          "x-backend-host",
          "x-host",
          "x-host-override",
          "x-http-host",
          "x-http-host-override",
          "x-proto",
          "x-proxied-https",
          "x-proxy-host",
          "x-scheme",
          "x-ssl",
          "x-url-scheme");

  /** Its address, and its certificate. */
  private static final Set<String> OF_THE_CLIENT =
      Set.of(
          "cf-connecting-ip",
          "cf-connecting-ipv6",
          "cf-pseudo-ipv4",
          "client-cert",
          "client-cert-chain",
          "client-ip",
          "cloudfront-viewer-address",
          "do-connecting-ip",
          "fastly-client-ip",
          "fly-client-ip",
          "incap-client-ip",
          "proxy-auth-cert",
          "proxy-client-ip",
          "proxy-ssl-id",
          "real-ip",
          "remote-addr",
          "remote-address",
          "true-client-ip",
          "x-appengine-remote-addr",
          "x-appengine-user-ip",
          "x-arr-clientcert",
          "x-azure-clientip",
          "x-azure-socketip",
          "x-client-cert",
          "x-client-ip",
          "x-cluster-client-ip",
          "x-custom-ip-authorization",
          "x-envoy-external-address",
          "x-envoy-internal",
          "x-nf-client-connection-ip",
          "x-proxyuser-ip",
          "x-real-ip",
          "x-remote-addr",
          "x-remote-ip",
          "x-true-client-ip",
          "x-true-ip",
          "x-vercel-forwarded-for",
          "x-vercel-proxied-for");

  private Overrides() {}

  /**
   * Whether it is one of them.
   *
   * @param name in lower case
   */
  static boolean contains(String name) {
    return OF_THE_TARGET.contains(name)
        || OF_THE_METHOD.contains(name)
        || OF_HOST_AND_SCHEME.contains(name)
        || OF_THE_CLIENT.contains(name)
        || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
