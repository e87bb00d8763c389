package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who stop reading in mid-body are cut off, over TLS too, and nobody else is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowReadersTest {

  private static final int PIECES = 450;
  private static final int LENGTH = PIECES * EndlessBytes.PERIOD;
  private static final int A_LITTLE = 1000;

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final SSLContext trusting;
  private final Holdfast plain;
  private final Holdfast secure;

  SlowReadersTest() throws Exception {
    var certificates = new Certificates();
    trusting = certificates.context(null);
    String[] limits = {
      "caller-timeout=20s", "max-stored-body=40MB", "holdfast.callers.write-timeout=1s"
    };
    plain = Holdfast.inFrontOf(origin, limits);
    var bundle = certificates.bundle("callers", certificates.of("127.0.0.1"));
    var overTls = Certificates.all(bundle, "server.ssl.bundle=callers");
    secure = Holdfast.inFrontOf(origin, Certificates.all(limits, overTls));
  }

  @AfterEach
  void nothingIsLeft() {
    for (var holdfast : new Holdfast[] {plain, secure}) {
      holdfast.awaitNothingLeft();
      holdfast.invalidate(new Scope.Target("/hit"));
      holdfast.invalidate(new Scope.Target("/fill"));
      Await.until(() -> holdfast.gauge("holdfast.bodies.memory.used") == 0, "no byte held");
    }
    plain.awaitNoCallers();
  }

  @AfterAll
  void stop() {
    plain.close();
    secure.close();
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readerOfAHitStops_itIsCutOff(boolean tls) {
    var holdfast = tls ? secure : plain;
    double before = tooSlow(holdfast);
    origin.on("/hit", exchange -> longBody(exchange, "max-age=60", pieces -> {}));
    assertThat(whole(tls).body().length()).isEqualTo(LENGTH);
    holdfast.awaitNothingLeft();
    try (var stopped = caller(tls)) {
      stopped.get("/catalog/hit").readHead();
      assertIsCutOff(stopped, holdfast, before);

      var hit = whole(tls);
      assertThat(hit.header("Cache-Status")).contains(";hit;");
      assertThat(hit.body().length()).isEqualTo(LENGTH);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readerOfAFillStops_itIsCutOff_othersHaveItAllAndItIsStored(boolean tls) {
    var holdfast = tls ? secure : plain;
    double before = tooSlow(holdfast);
    var gate = new Gate();
    origin.on("/fill", exchange -> longBody(exchange, "max-age=60", heldAt(gate)));
    var stored = holdfast.fills("stored");
    try (var stopped = caller(tls);
        var other = caller(tls)) {
      stopped.get("/catalog/fill").readHead();
      other.get("/catalog/fill").readHead();
      gate.open();

      assertThat(other.readBody().length()).isEqualTo(LENGTH);
      assertIsCutOff(stopped, holdfast, before);
      assertThat(holdfast.fills("stored")).isEqualTo(stored + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readerOfWhatIsPassedStops_itIsCutOff_andTheFetchEnds(boolean tls) {
    var holdfast = tls ? secure : plain;
    double before = tooSlow(holdfast);
    origin.on("/passed", exchange -> longBody(exchange, "no-store", pieces -> {}));
    try (var stopped = caller(tls)) {
      stopped.get("/catalog/passed").readHead();

      assertIsCutOff(stopped, holdfast, before);
    }
  }

  @Test
  void readerIsSteady_orTheOriginPauses_nobodyIsCutOffButWhoStops() {
    origin.on("/hit", exchange -> longBody(exchange, "max-age=60", pieces -> {}));
    var gate = new Gate();
    origin.on("/pauses", exchange -> longBody(exchange, "no-store", heldAt(gate)));
    double before = tooSlow(plain);
    try (var steady = plain.slowCaller();
        var waiting = plain.caller();
        var stopped = plain.caller()) {
      plain.get("/hit");
      waiting.get("/catalog/pauses").readHead();
      waiting.readPart(A_LITTLE);
      steady.get("/catalog/hit").readHead();
      steady.readPart(A_LITTLE);

      stopped.get("/catalog/hit").readHead();
      Await.until(
          () -> {
            steady.readPart(10 * A_LITTLE);
            return plain.count("holdfast.callers.left") == before + 1;
          },
          "one has left");
      assertThat(tooSlow(plain)).isEqualTo(before + 1);
      var rest = CompletableFuture.supplyAsync(steady::readBody);
      gate.open();

      assertThat(waiting.readBody().length()).isEqualTo(LENGTH - A_LITTLE);
      assertThat(rest.join().whole()).isTrue();
      assertThat(stopped.readBody().whole()).isFalse();
    }
  }

  private static void assertIsCutOff(RawCaller stopped, Holdfast holdfast, double leftBefore) {
    stopped.readPart(A_LITTLE);
    Await.until(() -> holdfast.count("holdfast.callers.left") == leftBefore + 1, "it has left");
    assertThat(tooSlow(holdfast)).isEqualTo(leftBefore + 1);
    var rest = stopped.readBody();
    assertThat(rest.whole()).isFalse();
    assertThat(rest.length()).isLessThan(LENGTH - A_LITTLE);
  }

  private static double tooSlow(Holdfast holdfast) {
    return holdfast.count("holdfast.callers.left", "reason", "too_slow");
  }

  private Response whole(boolean tls) {
    try (var caller = caller(tls)) {
      return caller.exchange("GET", "/catalog/hit");
    }
  }

  private RawCaller caller(boolean tls) {
    return tls ? RawCaller.connect(secure.port(), trusting) : plain.slowCaller();
  }

  /** After the first piece. */
  private static Consumer<Integer> heldAt(Gate gate) {
    return piece -> {
      if (piece == 1) {
        gate.await();
      }
    };
  }

  private static void longBody(Exchange exchange, String cacheControl, Consumer<Integer> before) {
    exchange.chunkedHead("Cache-Control: " + cacheControl);
    var piece = EndlessBytes.first(EndlessBytes.PERIOD);
    for (int i = 0; i < PIECES; i++) {
      before.accept(i);
      exchange.chunk(piece);
    }
    exchange.lastChunk();
  }
}
