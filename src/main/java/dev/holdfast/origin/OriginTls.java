package dev.holdfast.origin;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.List;
import javax.net.ssl.SSLException;
import org.springframework.boot.ssl.SslBundle;

/** TLS to an origin as an SSL bundle has it: whom to trust, and which certificate to show. */
final class OriginTls {

  private OriginTls() {}

  static SslContext of(SslBundle bundle) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .keyManager(bundle.getManagers().getKeyManagerFactory())
            .trustManager(bundle.getManagers().getTrustManagerFactory());
    String[] ciphers = bundle.getOptions().getCiphers();
    if (ciphers != null) {
      builder.ciphers(List.of(ciphers));
    }
    String[] protocols = bundle.getOptions().getEnabledProtocols();
    if (protocols != null) {
      builder.protocols(protocols);
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("an SSL bundle that cannot be used", e);
    }
  }
}
