package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers who do not come to the end of a request's head; one who does is not kept waiting. */
class SlowHeadsTest extends SharedHoldfast {

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final String SETTINGS = "\0\0\0\4\0\0\0\0\0";

  /** Of 1,000 bytes, and without END_HEADERS. */
  private static final String HEADERS = "\0\3\u00e8\1\0\0\0\0\1";

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private RawCaller prompt;

  SlowHeadsTest() {
    super("holdfast.callers.head-timeout=1s", "server.http2.enabled=true");
    origin.otherwise(exchange -> exchange.ok("ok", "Cache-Control: max-age=60"));
  }

  @BeforeEach
  void connect() {
    prompt = holdfast.caller();
    promptlyAnswered();
  }

  @AfterEach
  void promptOneIsStillConnected_andNobodyElse() {
    promptlyAnswered();
    prompt.close();
    holdfast.awaitNoCallers();
    assertThat(holdfast.count("holdfast.callers.left")).isZero();
  }

  @AfterAll
  void stopCallers() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void nothingIsSent_itIsClosed() {
    try (var silent = holdfast.caller()) {
      assertThat(silent.readToClose().bytes()).isEmpty();
    }
  }

  @Test
  void firstHeadDrips_itIsClosed() {
    try (var slow = holdfast.caller()) {
      slow.send("GET /catalog/a HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

      dripsUntilClosed(slow);
    }
  }

  @Test
  void laterHeadDrips_itIsClosed() {
    try (var slow = holdfast.caller()) {
      assertThat(slow.exchange("GET", "/catalog/a").status()).isEqualTo(200);
      slow.send("GET /catalog/a HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

      dripsUntilClosed(slow);
    }
  }

  @Test
  void headStopsInTheMiddle_itIsClosed() {
    try (var slow = holdfast.caller()) {
      assertThat(slow.exchange("GET", "/catalog/a").status()).isEqualTo(200);
      slow.send("GET /catalog/a HT");

      assertThat(slow.readToClose().bytes()).isEmpty();
    }
  }

  @Test
  void http2PrefaceStopsInTheMiddle_itIsClosed() {
    try (var slow = holdfast.caller()) {
      slow.send("PRI * HTTP/2.0\r\n\r\nSM");

      slow.readToClose();
    }
  }

  @Test
  void http2ConnectionHasNoStream_itIsClosed() {
    try (var slow = holdfast.caller()) {
      slow.send(PREFACE + SETTINGS);

      slow.readToClose();
    }
  }

  @Test
  void http2HeadDrips_itIsClosed() {
    try (var slow = holdfast.caller()) {
      slow.send(PREFACE + SETTINGS + HEADERS);

      dripsUntilClosed(slow);
    }
  }

  @Test
  void http2HeadsComeWhole_itIsNotClosed() {
    try (var caller = Http2Caller.connect(loops, holdfast.port());
        var silent = holdfast.caller()) {
      assertThat(caller.exchange("GET", "/catalog/a", "").status()).isEqualTo(200);

      silent.readToClose();
      assertThat(caller.exchange("GET", "/catalog/a", "").status()).isEqualTo(200);
    }
  }

  private void dripsUntilClosed(RawCaller slow) {
    Await.until(() -> Dripping.isClosed(slow, "x", this::promptlyAnswered), "closed");
  }

  private void promptlyAnswered() {
    assertThat(prompt.exchange("GET", "/catalog/a").status()).isEqualTo(200);
  }
}
