package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A connection that waits for a request is closed in time; one that waits for an answer is not. */
class IdleCallersTest extends SharedHoldfast {

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  IdleCallersTest() {
    super(
        "caller-timeout=20s",
        "holdfast.callers.head-timeout=1s",
        "holdfast.callers.idle-timeout=1500ms",
        "holdfast.callers.write-timeout=1s",
        "server.http2.enabled=true");
    origin.otherwise(exchange -> exchange.ok("ok", "Cache-Control: max-age=60"));
  }

  @AfterAll
  void stopCallers() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void noMoreRequests_itIsClosed_andWhoWaitsForTheOriginIsAnswered() {
    var gate = new Gate();
    origin.onHeld("/held", gate);
    try (var waiting = holdfast.caller();
        var idle = holdfast.caller()) {
      waiting.get("/catalog/held");
      origin.awaitRequests("/held", 1);
      assertThat(idle.exchange("GET", "/catalog/a").status()).isEqualTo(200);

      assertThat(idle.readToClose().whole()).isTrue();
      gate.open();
      assertThat(waiting.readResponse().text()).isEqualTo("ok");
      assertThat(waiting.readToClose().whole()).isTrue();
    }
    holdfast.awaitNoCallers();
  }

  @Test
  void noMoreStreams_itIsClosed_andWhoWaitsForTheOriginIsAnswered() {
    var gate = new Gate();
    origin.onHeld("/held2", gate);
    try (var waiting = Http2Caller.connect(loops, holdfast.port());
        var idle = Http2Caller.connect(loops, holdfast.port())) {
      var held = waiting.get("/catalog/held2", true, Integer.MAX_VALUE);
      origin.awaitRequests("/held2", 1);
      assertThat(idle.exchange("GET", "/catalog/a", "").status()).isEqualTo(200);

      idle.awaitClosed();
      gate.open();
      assertThat(held.response().text()).isEqualTo("ok");
      waiting.awaitClosed();
    }
    holdfast.awaitNoCallers();
  }

  @Test
  void requestsComeInTime_itIsNotClosed() {
    try (var busy = holdfast.caller();
        var idle = holdfast.caller()) {
      assertThat(idle.exchange("GET", "/catalog/a").status()).isEqualTo(200);
      var closed = CompletableFuture.supplyAsync(idle::readToClose);

      while (!closed.isDone()) {
        assertThat(busy.exchange("GET", "/catalog/a").status()).isEqualTo(200);
      }
      assertThat(closed.join().whole()).isTrue();
    }
  }
}
