package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Certificates both ways: of callers to Holdfast, and of Holdfast to an origin. */
class MutualTlsTest {

  private static final String HERE = "127.0.0.1";
  private static final String[] OVER_TLS = {"caller-timeout=20s", "ssl.bundle=origin"};

  private final Certificates certificates = new Certificates();
  private final Certificates strangers = new Certificates();

  MutualTlsTest() throws Exception {}

  @Test
  void originThatNeedsACertificate_isShownTheBundles() throws Exception {
    try (var origin = new ScriptedOrigin(certificates.context(certificates.of(HERE)));
        var holdfast =
            Holdfast.inFrontOf(
                origin,
                Certificates.all(
                    certificates.bundle("origin", certificates.of("127.0.0.2")), OVER_TLS))) {
      origin.otherwise(exchange -> exchange.ok("hello"));

      assertThat(holdfast.get("/a").text()).isEqualTo("hello");
      holdfast.awaitNothingLeft();
    }
  }

  @Test
  void originThatNeedsACertificate_isNotReachedWithoutOne() throws Exception {
    assertNotReached(certificates, HERE, certificates.bundle("origin", null));
  }

  @Test
  void originThatNeedsACertificate_isNotReachedWithAStrangers() throws Exception {
    var shown = certificates.bundle("origin", strangers.of("127.0.0.2"));
    assertNotReached(certificates, HERE, shown);
  }

  @Test
  void originThatAStrangerVouchesFor_isNotTrusted() throws Exception {
    var shown = certificates.bundle("origin", strangers.of("127.0.0.2"));
    assertNotReached(strangers, HERE, shown);
  }

  @Test
  void originThatShowsAnothersCertificate_isNotTrusted() throws Exception {
    var shown = certificates.bundle("origin", certificates.of("127.0.0.2"));
    assertNotReached(certificates, "127.0.0.3", shown);
  }

  private static void assertNotReached(Certificates its, String shows, String[] bundle)
      throws Exception {
    try (var origin = new ScriptedOrigin(its.context(its.of(shows)));
        var holdfast = Holdfast.inFrontOf(origin, Certificates.all(bundle, OVER_TLS))) {
      assertThat(holdfast.get("/a").status()).isEqualTo(502);
      assertThat(origin.requestsTotal()).isZero();
      holdfast.awaitNothingLeft();
    }
  }

  @Test
  void callersNeedACertificate_whoHasOneIsAnswered() throws Exception {
    var settings =
        Certificates.all(
            certificates.bundle("callers", certificates.of(HERE)),
            "caller-timeout=20s",
            "server.ssl.bundle=callers",
            "server.ssl.client-auth=need");
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, settings)) {
      origin.otherwise(exchange -> exchange.ok("hello"));

      assertThat(status(holdfast, certificates.context(certificates.of("127.0.0.2"))))
          .isEqualTo(200);
      assertThatThrownBy(() -> status(holdfast, certificates.context(null)))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(origin.requestsTotal()).isEqualTo(1);
    }
  }

  private static int status(Holdfast holdfast, SSLContext tls) {
    try (var caller = RawCaller.connect(holdfast.port(), tls)) {
      return caller.exchange("GET", "/catalog/a").status();
    }
  }
}
