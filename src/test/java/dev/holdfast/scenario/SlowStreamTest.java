package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.NoLeaks;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two callers on one HTTP/2 connection follow a long body, and one of them reads nothing. */
@ExtendWith(NoLeaks.class)
class SlowStreamTest {

  private static final int PIECES = 400;

  @Test
  void oneStreamIsNotRead_itIsReset_andTheOtherHasItAll() {
    var gate = new Gate();
    var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin, "caller-timeout=20s", "max-stored-body=1MB", "server.http2.enabled=true");
        var caller = Http2Caller.connect(loops, holdfast.port())) {
      origin.on("/long", exchange -> longBody(exchange, gate));
      var silent = caller.get("/catalog/long", true, Integer.MAX_VALUE);
      silent.stopReading();
      var other = caller.get("/catalog/long", true, Integer.MAX_VALUE);
      Await.until(() -> holdfast.attached() == 2, "both attached");
      gate.open();

      assertThat(other.awaitOver().isWhole()).isTrue();
      assertThat(other.bytes()).isEqualTo(PIECES * EndlessBytes.PERIOD);
      holdfast.awaitNothingLeft();
      Await.until(() -> holdfast.gauge("holdfast.bodies.memory.used") == 0, "no byte held");
      assertThat(holdfast.count("holdfast.callers.left", "reason", "too_slow")).isEqualTo(1);
      assertThat(silent.readOn().awaitOver().isWhole()).isFalse();
      assertThat(origin.requests("/long")).isEqualTo(1);
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private static void longBody(Exchange exchange, Gate gate) {
    exchange.chunkedHead("Cache-Control: max-age=60");
    exchange.await(gate);
    var piece = EndlessBytes.first(EndlessBytes.PERIOD);
    for (int i = 0; i < PIECES; i++) {
      exchange.chunk(piece);
    }
    exchange.lastChunk();
  }
}
