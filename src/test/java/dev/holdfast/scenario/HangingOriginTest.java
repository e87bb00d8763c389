package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An origin that never answers: callers get their 504, and the fetch has a hard end of its own. */
class HangingOriginTest {

  private static final int CALLERS = 20;

  @Test
  void originHangs_callersAreAnsweredAndTheFetchEnds() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=50ms", "fetch-timeout=1s");
        var callers = holdfast.callers(CALLERS)) {
      origin.otherwise(Exchange::hangUntilClosed);

      for (int i = 0; i < CALLERS; i++) {
        callers.get(i).get("/catalog/" + i);
      }
      callers.forEach(caller -> assertThat(caller.readResponse().status()).isEqualTo(504));

      origin.awaitAbortedByPeer(CALLERS);
      origin.awaitNoOpenConnections();
      holdfast.awaitNothingLeft();
      var breaker = holdfast.bean(CircuitBreakerRegistry.class).circuitBreaker(Holdfast.ORIGIN);
      assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(CALLERS);
      assertThat(holdfast.fills("timed_out")).isEqualTo(CALLERS);
    }
  }

  @Test
  void callerOutlastsTheFetch_getsItsTimeOut() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s", "fetch-timeout=100ms")) {
      origin.otherwise(Exchange::hangUntilClosed);

      var answer = holdfast.get("/slow");

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.text()).contains("urn:holdfast:problem:fetch-timeout");
      assertThat(answer.header("Cache-Status")).contains("detail=fetch-timeout");
    }
  }

  @Test
  void breakerOpens_callersAreTurnedAwayAtOnce() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin,
                "caller-timeout=20s",
                "fetch-timeout=1s",
                "resilience4j.circuitbreaker.instances.catalog.minimum-number-of-calls=2",
                "resilience4j.circuitbreaker.instances.catalog.wait-duration-in-open-state=7s")) {
      origin.otherwise(Exchange::hangUntilClosed);
      holdfast.get("/1");
      holdfast.get("/2");

      var answer = holdfast.get("/3");

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text()).contains("urn:holdfast:problem:circuit-open");
      assertThat(answer.header("Retry-After")).isEqualTo("7");
      assertThat(origin.requestsTotal()).isEqualTo(2);
      holdfast.awaitNothingLeft();
      assertThat(holdfast.fills("rejected")).isEqualTo(1);
      assertThat(RawCaller.once(holdfast.managementPort(), "GET", "/actuator/health/readiness"))
          .extracting(Response::status)
          .isEqualTo(200);
    }
  }

  @Test
  void originTakesNoMoreOfTheRequest_callerGetsItsTimeOut() throws IOException {
    try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin,
                "holdfast.origins.deaf.fetch-timeout=1s",
                "holdfast.origins.deaf.base-url=http://127.0.0.1:" + deaf.getLocalPort());
        var caller = holdfast.caller()) {
      caller.request("POST", "/deaf", "Transfer-Encoding: chunked");
      var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      var sending =
          CompletableFuture.runAsync(
              () -> {
                while (true) {
                  caller.send(chunk);
                }
              });

      assertThat(caller.readResponse().status()).isEqualTo(504);
      holdfast.awaitNothingLeft();
      caller.reset();
      assertThat(sending).failsWithin(Limit.SAFETY);
    }
  }

  @Test
  void callerPausesInItsUpload_theFetchGoesOn() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "fetch-timeout=200ms");
        var caller = holdfast.caller()) {
      origin.on("/upload", exchange -> exchange.ok("ok"));
      origin.on("/hangs", Exchange::hangUntilClosed);
      caller.request("POST", "/catalog/upload", "Content-Length: 4").send("ab");
      origin.awaitBodyBytes(2);
      holdfast.get("/hangs"); // takes as long as a fetch may

      assertThat(caller.send("cd").readResponse().text()).isEqualTo("ok");
    }
  }
}
