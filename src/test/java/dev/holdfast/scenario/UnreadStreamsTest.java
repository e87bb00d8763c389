package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Callers of HTTP/2 who stop reading one stream lose that; the others of the connection go on. */
class UnreadStreamsTest extends SharedHoldfast {

  private static final int PIECES = 40;
  private static final int LENGTH = PIECES * EndlessBytes.PERIOD;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  UnreadStreamsTest() {
    super(
        "caller-timeout=20s",
        "holdfast.callers.write-timeout=1s",
        "holdfast.callers.idle-timeout=3s",
        "server.http2.enabled=true");
    origin.on("/stored", exchange -> longBody(exchange, "max-age=60"));
    origin.on("/passed", exchange -> longBody(exchange, "no-store"));
  }

  @AfterAll
  void stopCallers() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static void longBody(Exchange exchange, String cacheControl) {
    exchange.chunkedHead("Cache-Control: " + cacheControl);
    for (int i = 0; i < PIECES; i++) {
      exchange.chunk(EndlessBytes.first(EndlessBytes.PERIOD));
    }
    exchange.lastChunk();
  }

  @Test
  void hitIsNotRead_itIsReset_andAnotherStreamHasItAll() {
    holdfast.get("/stored");
    holdfast.awaitNothingLeft();
    var before = holdfast.gauge("holdfast.bodies.memory.used");

    oneOfTwoIsNotRead("/stored");

    Await.until(() -> holdfast.gauge("holdfast.bodies.memory.used") == before, "only the stored");
  }

  @Test
  void whatIsPassedIsNotRead_itIsReset_andAnotherStreamHasItAll() {
    oneOfTwoIsNotRead("/passed");
  }

  private void oneOfTwoIsNotRead(String target) {
    double before = tooSlow();
    try (var caller = Http2Caller.connect(loops, holdfast.port())) {
      var silent = caller.get("/catalog" + target, true, Integer.MAX_VALUE);
      silent.stopReading();
      Await.until(() -> tooSlow() == before + 1, "one was too slow");

      assertThat(silent.readOn().awaitOver().isWhole()).isFalse();
      var other = caller.get("/catalog" + target, true, Integer.MAX_VALUE);
      assertThat(other.awaitOver().isWhole()).isTrue();
      assertThat(other.bytes()).isEqualTo(LENGTH);
    }
    holdfast.awaitNothingLeft();
    holdfast.awaitNoCallers();
  }

  private double tooSlow() {
    return holdfast.count("holdfast.callers.left", "reason", "too_slow");
  }
}
