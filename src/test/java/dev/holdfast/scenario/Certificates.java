package dev.holdfast.scenario;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An authority of the test's, and what it vouches for. */
final class Certificates {

  private final X509Bundle authority;

  Certificates() throws Exception {
    authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
  }

  /** A certificate with its key for whoever is reached by that address. */
  X509Bundle of(String address) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + address)
        .addSanIpAddress(address)
        .buildIssuedBy(authority);
  }

  /** Spring Boot's properties of a bundle that trusts the authority and shows the certificate. */
  String[] bundle(String name, @Nullable X509Bundle shown) {
    String group = "spring.ssl.bundle.pem." + name + ".";
    List<String> trust = List.of(group + "truststore.certificate=" + authority.getCertificatePEM());
    if (shown == null) {
      return trust.toArray(String[]::new);
    }
    return new String[] {
      trust.get(0),
      group + "keystore.certificate=" + shown.getCertificatePathPEM(),
      group + "keystore.private-key=" + shown.getPrivateKeyPEM()
    };
  }

  /** What a peer of the test's own trusts and shows. */
  SSLContext context(@Nullable X509Bundle shown) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        shown == null ? null : shown.toKeyManagerFactory().getKeyManagers(),
        authority.toTrustManagerFactory().getTrustManagers(),
        new SecureRandom());
    return context;
  }

  /** All of these settings. */
  static String[] all(String[] some, String... more) {
    String[] both = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, both, some.length, more.length);
    return both;
  }
}
