package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How many streams an HTTP/2 connection may open: at once, and to reset them again. */
class StreamLimitsTest extends SharedHoldfast {

  private static final int MORE_RESETS_THAN_MAY_BE = 300;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  StreamLimitsTest() {
    super("server.http2.enabled=true");
  }

  @AfterAll
  void stopCallers() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void callerIsTold_thatItMayHaveAHundredAtOnce() {
    try (var caller = Http2Caller.connect(loops, holdfast.port())) {
      assertThat(caller.exchange("GET", "/livez", "").status()).isEqualTo(200);

      assertThat(caller.maxStreams()).isEqualTo(100);
    }
  }

  @Test
  void callerResetsOneAfterTheOther_itIsClosed() {
    try (var caller = Http2Caller.connect(loops, holdfast.port())) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < MORE_RESETS_THAN_MAY_BE; i++) {
                  caller.get("/nowhere", false, Integer.MAX_VALUE).reset();
                }
                caller.awaitClosed();
                caller.get("/nowhere", true, Integer.MAX_VALUE);
              })
          .isInstanceOf(Exception.class);
      caller.awaitClosed();
    }
  }
}
