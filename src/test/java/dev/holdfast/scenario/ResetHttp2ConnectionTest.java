package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A caller's HTTP/2 connection is reset in the middle: nothing to act on, and nothing is logged.
 */
class ResetHttp2ConnectionTest {

  @Test
  void connectionIsReset_nothingIsLogged() {
    var gate = new Gate();
    var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (var origin = new ScriptedOrigin().onHeld("/a", gate);
        var holdfast = Holdfast.inFrontOf(origin, "server.http2.enabled=true");
        var log = LogLines.of("io.netty")) {
      for (int i = 0; i < 20; i++) {
        var caller = Http2Caller.connect(loops, holdfast.port());
        caller.get("/catalog/a", false, 0);
        origin.awaitRequests("/a", 1);
        caller.leave(true);
      }
      holdfast.awaitNoCallers();
      gate.open();
      holdfast.awaitNothingLeft();

      assertThat(log.lines()).isEmpty();
    } finally {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }
}
