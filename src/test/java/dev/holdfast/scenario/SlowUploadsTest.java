package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who send a request's body too slowly; others are answered meanwhile. */
class SlowUploadsTest extends SharedHoldfast {

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private double leftBefore;

  SlowUploadsTest() {
    super("holdfast.callers.head-timeout=1s", "server.http2.enabled=true");
    origin.otherwise(exchange -> exchange.ok("ok", "Cache-Control: max-age=60"));
  }

  @AfterAll
  void stopCallers() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bodyDripsOrStops_itIsClosed_andTheOriginIsNotToBlame(boolean drips) {
    begin();
    try (var prompt = prompt();
        var slow = holdfast.caller()) {
      slow.request("POST", "/catalog/slow", "Content-Length: 100000").send("ab");

      if (drips) {
        dripsUntilClosed(slow, prompt);
      } else {
        assertThat(slow.readToClose().bytes()).isEmpty();
      }
      holdfast.awaitNothingLeft();
      assertThat(prompt.exchange("GET", "/catalog/a").status()).isEqualTo(200);
    }
    assertBlamedIsTheCaller();
  }

  @Test
  void bodyOfAStreamStops_itIsReset_andTheOthersOfTheConnectionAreNot() {
    begin();
    try (var caller = Http2Caller.connect(loops, holdfast.port())) {
      var slow = caller.post("/catalog/slow");
      slow.send(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(new byte[2])));

      assertThat(slow.awaitOver().isWhole()).isFalse();
      assertThat(caller.exchange("GET", "/catalog/a", "").status()).isEqualTo(200);
      holdfast.awaitNothingLeft();
    }
    assertBlamedIsTheCaller();
  }

  @ParameterizedTest
  @CsvSource({"POST, /nowhere", "GET, /catalog/a"})
  void bodyThatNobodyReadsDrips_itIsClosedBehindTheAnswer(String method, String target) {
    try (var prompt = prompt();
        var slow = holdfast.caller()) {
      slow.request(method, target, "Content-Length: 100000").send("ab");
      assertThat(slow.readResponse().status()).isIn(200, 404);

      dripsUntilClosed(slow, prompt);
    }
    holdfast.awaitNoCallers();
  }

  @Test
  void bodyOfAStreamThatNobodyReadsStops_itIsResetBehindTheAnswer() {
    try (var caller = Http2Caller.connect(loops, holdfast.port())) {
      var slow = caller.post("/nowhere");

      assertThat(slow.awaitOver().response().status()).isEqualTo(404);
      assertThat(caller.exchange("GET", "/catalog/a", "").status()).isEqualTo(200);
    }
  }

  private RawCaller prompt() {
    var caller = holdfast.caller();
    assertThat(caller.exchange("GET", "/catalog/a").status()).isEqualTo(200);
    return caller;
  }

  private void dripsUntilClosed(RawCaller slow, RawCaller prompt) {
    Runnable hit = () -> assertThat(prompt.exchange("GET", "/catalog/a").status()).isEqualTo(200);
    Await.until(() -> Dripping.isClosed(slow, "x", hit), "closed");
  }

  private void begin() {
    leftBefore = tooSlow();
  }

  private void assertBlamedIsTheCaller() {
    var breaker = holdfast.bean(CircuitBreakerRegistry.class).circuitBreaker(Holdfast.ORIGIN);
    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
    assertThat(tooSlow()).isEqualTo(leftBefore + 1);
    assertThat(holdfast.fills("failed")).isZero();
    assertThat(origin.requests("/slow")).isZero();
  }

  private double tooSlow() {
    return holdfast.count("holdfast.callers.left", "reason", "too_slow");
  }
}
