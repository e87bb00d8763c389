package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.Loads;
import dev.holdfast.testing.FakeTicker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code /actuator/health/origins}: one probe of each origin for all who look. */
class OriginsHealthTest {

  private static final String ORIGINS = "/actuator/health/origins";
  private static final int SCRAPERS = 20;

  private final FakeTicker ticker = new FakeTicker();
  private final ScriptedOrigin origin = new ScriptedOrigin();

  @AfterEach
  void close() {
    origin.close();
  }

  @Test
  void twentyScrapersAtOnce_areAnsweredByOneRequest_whichLastsForSomeSeconds() {
    var gate = new Gate();
    try (var holdfast =
            inFrontOfOrigin("caller-timeout=20s", "default-request-headers.X-Api-Key=s3cret");
        var scrapers = Callers.open(SCRAPERS, holdfast.managementPort())) {
      origin.on(
          "/",
          exchange -> {
            exchange.await(gate);
            exchange.answer("404 Not Found", "");
          });
      scrapers.forEach(scraper -> scraper.get(ORIGINS));
      Await.until(() -> waiting(holdfast) == SCRAPERS, "all scrapers waiting");
      gate.open();

      scrapers.forEach(
          scraper -> {
            var answer = scraper.readResponse();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text())
                .contains("\"catalog\":{\"details\":{\"status\":404,\"took-ms\":")
                .contains("\"status\":\"UP\"")
                .doesNotContain("s3cret");
          });
      var probe = origin.requests().get(0);
      assertThat(probe.method()).isEqualTo("HEAD");
      assertThat(probe.header("X-Api-Key")).isEqualTo("s3cret");
      assertThat(probe.header("Host")).isEqualTo("127.0.0.1:" + origin.port());
      ticker.advance(Duration.ofMillis(4_999));
      for (int i = 0; i < 10; i++) {
        assertThat(health(holdfast, "catalog").status()).isEqualTo(200);
      }
      assertThat(origin.requestsTotal()).isEqualTo(1);
      ticker.advance(Duration.ofMillis(1));
      assertThat(health(holdfast, "catalog").status()).isEqualTo(200);
      assertThat(origin.requestsTotal()).isEqualTo(2);
      assertNothingLeft(holdfast);
    }
  }

  @Test
  void scraperThatDisconnects_changesNothingForTheOthers() {
    var gate = new Gate();
    try (var holdfast = inFrontOfOrigin("caller-timeout=20s");
        var scrapers = Callers.open(3, holdfast.managementPort())) {
      origin.on(
          "/",
          exchange -> {
            exchange.await(gate);
            exchange.ok("");
          });
      scrapers.forEach(scraper -> scraper.get(ORIGINS + "/catalog"));
      Await.until(() -> waiting(holdfast) == 3, "all scrapers waiting");
      scrapers.get(0).close();
      Await.until(() -> waiting(holdfast) == 2, "the first gone");
      gate.open();

      for (var scraper : scrapers.allBut(1)) {
        assertThat(scraper.readResponse().text()).contains("\"status\":\"UP\"");
      }
      assertThat(origin.requestsTotal()).isEqualTo(1);
      assertThat(origin.abortedByPeer()).isZero();
      assertNothingLeft(holdfast);
    }
  }

  @Test
  void deadOrigin_isDown_andNeitherReadinessNorLivenessKnow() {
    try (var holdfast =
        inFrontOfOrigin("holdfast.origins.dead.base-url=http://127.0.0.1:" + closedPort())) {
      origin.on("/", exchange -> exchange.ok(""));

      var dead = health(holdfast, "dead");
      assertThat(dead.status()).isEqualTo(503);
      assertThat(dead.text())
          .contains("\"status\":\"DOWN\"", "there is no connection to the origin", "refused");
      assertThat(health(holdfast, "catalog").status()).isEqualTo(200);
      assertThat(holdfast.managed("GET", "/actuator/health").status()).isEqualTo(503);
      for (var group : new String[] {"readiness", "liveness"}) {
        assertThat(holdfast.managed("GET", "/actuator/health/" + group).status()).isEqualTo(200);
      }
      assertThat(RawCaller.once(holdfast.port(), "GET", "/readyz").status()).isEqualTo(200);
      assertThat(RawCaller.once(holdfast.port(), "GET", "/livez").status()).isEqualTo(200);
      assertThat(breaker(holdfast, "dead").getMetrics().getNumberOfBufferedCalls()).isZero();
    }
  }

  @Test
  void originThatHangs_holdsNoOther_andIsDownAfterItsCallerTimeout() {
    try (var hanging = new ScriptedOrigin();
        var holdfast =
            inFrontOfOrigin(
                "holdfast.origins.hanging.base-url=" + hanging.baseUrl() + "/base",
                "holdfast.origins.hanging.caller-timeout=2s");
        var scraper = RawCaller.connect(holdfast.managementPort())) {
      origin.on("/", exchange -> exchange.ok(""));
      hanging.on("/base", Exchange::hangUntilClosed);
      scraper.get(ORIGINS + "/hanging");
      hanging.awaitRequests("/base", 1);

      assertThat(health(holdfast, "catalog").status()).isEqualTo(200);

      var down = scraper.readResponse();
      assertThat(down.status()).isEqualTo(503);
      assertThat(down.text()).contains("the origin took longer than 2000 ms");
      hanging.awaitAbortedByPeer(1);
      assertNothingLeft(holdfast);
    }
  }

  @Test
  void openBreakerAndFullBulkhead_keepNoProbeOut() {
    var gate = new Gate();
    try (var holdfast =
            inFrontOfOrigin(
                "caller-timeout=20s",
                "pool.max-connections=1",
                "resilience4j.bulkhead.instances.catalog.max-concurrent-calls=1");
        var caller = holdfast.caller()) {
      origin.on("/", exchange -> exchange.answer("500 Internal Server Error", ""));
      origin.onHeld("/slow", gate);
      caller.get("/catalog/slow");
      origin.awaitRequests("/slow", 1);
      breaker(holdfast, "catalog").transitionToOpenState();

      assertThat(health(holdfast, "catalog").text()).contains("\"status\":\"UP\"");

      assertThat(breaker(holdfast, "catalog").getMetrics().getNumberOfBufferedCalls()).isZero();
      gate.open();
      assertThat(caller.readResponse().text()).isEqualTo("ok");
      holdfast.awaitNothingLeft();
    }
  }

  private Holdfast inFrontOfOrigin(String... settings) {
    return Holdfast.inFrontOf(origin, ticker, settings);
  }

  private static Response health(Holdfast holdfast, String name) {
    return holdfast.managed("GET", ORIGINS + "/" + name);
  }

  private static int waiting(Holdfast holdfast) {
    return holdfast.bean(Loads.class).waiting(Holdfast.ORIGIN);
  }

  /** A probe's connection is its own, and goes with it. */
  private void assertNothingLeft(Holdfast holdfast) {
    Await.until(() -> holdfast.bean(Loads.class).running("catalog") == 0, "no probe running");
    origin.awaitNoOpenConnections();
    assertThat(waiting(holdfast)).isZero();
  }

  private static CircuitBreaker breaker(Holdfast holdfast, String name) {
    return holdfast.bean(CircuitBreakerRegistry.class).circuitBreaker(name);
  }

  private static int closedPort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
