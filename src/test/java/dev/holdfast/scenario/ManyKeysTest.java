package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Thousands of keys are asked for at once, and nothing is stored yet.
 *
 * <p>{@code -Dholdfast.keys=10000} makes them more than usual.
 */
class ManyKeysTest {

  private static final int KEYS = Integer.getInteger("holdfast.keys", 3_000);
  private static final int STREAMS = 100;
  private static final int PERMITS = 8;
  private static final int IN_LINE = KEYS / 5;
  private static final int REFUSED = KEYS - PERMITS - IN_LINE;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void originSeesNoMoreThanItsPermits_theLineIsServed_restIsRefusedAtOnce() {
    var gate = new Gate();
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin,
                "server.http2.enabled=true",
                "caller-timeout=5m",
                "max-queued-fills=" + IN_LINE,
                "resilience4j.bulkhead.instances.catalog.max-concurrent-calls=" + PERMITS)) {
      origin.otherwise(
          exchange -> {
            exchange.await(gate);
            exchange.ok(exchange.request().target(), "Cache-Control: max-age=60");
          });
      List<Http2Caller> connections = new ArrayList<>();
      List<Http2Stream> callers = new ArrayList<>();
      for (int key = 0; key < KEYS; key++) {
        if (key % STREAMS == 0) {
          connections.add(Http2Caller.connect(loops, holdfast.port()));
        }
        callers.add(connections.get(key / STREAMS).get("/catalog/" + key, true, Integer.MAX_VALUE));
      }
      Await.until(() -> holdfast.fills("rejected") == REFUSED, "all others refused");
      assertThat(holdfast.gauge("holdfast.fills.queued")).isEqualTo(IN_LINE);
      origin.awaitAtOnce(PERMITS);
      assertThat(origin.requestsTotal()).isEqualTo(PERMITS);
      gate.open();

      var statuses = callers.stream().map(caller -> caller.response().status()).toList();
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(PERMITS + IN_LINE);
      assertThat(statuses).filteredOn(status -> status == 503).hasSize(REFUSED);
      connections.forEach(Http2Caller::close);
      holdfast.awaitNothingLeft();
      assertThat(origin.mostAtOnce()).isEqualTo(PERMITS);
      assertThat(holdfast.fills("stored")).isEqualTo(PERMITS + IN_LINE);
    }
  }
}
