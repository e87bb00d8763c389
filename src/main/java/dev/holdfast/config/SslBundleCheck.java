package dev.holdfast.config;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/** Refuses an SSL bundle that is not there. */
final class SslBundleCheck {

  private SslBundleCheck() {}

  static void check(Origins origins, SslBundles bundles) {
    for (var origin : origins.all()) {
      if (origin.sslBundle() != null) {
        check(origin.name(), origin.sslBundle(), bundles);
      }
    }
  }

  private static void check(String origin, String bundle, SslBundles bundles) {
    try {
      bundles.getBundle(bundle);
    } catch (NoSuchSslBundleException e) {
      var known = bundles.getBundleNames();
      throw new InvalidConfigurationException(
          OriginResolver.property(origin, "ssl.bundle"),
          bundle,
          "there is no SSL bundle of that name; "
              + (known.isEmpty() ? "there are none" : "there are: " + String.join(", ", known)),
          "Declare it under spring.ssl.bundle.jks."
              + bundle
              + " or spring.ssl.bundle.pem."
              + bundle
              + ", or name one that there is.");
    }
  }
}
