package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One origin hangs and has all its connections, permits and places in line taken up. */
class NeighboursTest {

  private static final int HANGING = 8;
  private static final int POOL = 4;
  private static final int NEIGHBOURS = 40;

  @Test
  void oneOriginHangs_othersWaitNowhereBecauseOfIt() {
    var gate = new Gate();
    try (var hanging = new ScriptedOrigin();
        var neighbour = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                hanging,
                "caller-timeout=25s",
                "fetch-timeout=5m",
                "connect-timeout=5m",
                "pool.max-connections=" + POOL,
                "max-queued-fills=" + HANGING,
                "resilience4j.bulkhead.instances.catalog.max-concurrent-calls=" + HANGING,
                "holdfast.origins.neighbour.base-url=" + neighbour.baseUrl(),
                "holdfast.origins.neighbour.caller-timeout=25s",
                "holdfast.origins.neighbour.max-queued-fills=0", // who had to wait is refused
                "holdfast.origins.neighbour.pool.max-connections=" + NEIGHBOURS,
                "resilience4j.bulkhead.instances.neighbour.max-concurrent-calls=" + NEIGHBOURS);
        var stuck = holdfast.callers(2 * HANGING);
        var refused = holdfast.caller();
        var callers = holdfast.callers(NEIGHBOURS)) {
      hanging.otherwise(Exchange::hangUntilClosed);
      neighbour.otherwise(
          exchange -> {
            exchange.await(gate);
            exchange.ok(exchange.request().target(), "Cache-Control: max-age=60");
          });
      for (int i = 0; i < 2 * HANGING; i++) {
        stuck.get(i).get("/catalog/" + i);
      }
      Await.until(() -> holdfast.gauge("holdfast.fills.queued") == HANGING, "the line is full");
      hanging.awaitAtOnce(POOL);
      assertThat(refused.exchange("GET", "/catalog/refused").status()).isEqualTo(503);

      for (int i = 0; i < NEIGHBOURS; i++) {
        callers.get(i).get("/neighbour/" + i);
      }
      neighbour.awaitAtOnce(NEIGHBOURS); // each has a permit and a connection
      assertThat(holdfast.gauge("holdfast.fills.queued")).isEqualTo(HANGING);
      gate.open();
      for (int i = 0; i < NEIGHBOURS; i++) {
        assertThat(callers.get(i).readResponse().text()).isEqualTo("/" + i);
      }
      assertThat(hanging.requestsTotal()).isEqualTo(POOL);
      assertThat(holdfast.gauge("holdfast.fills.in.flight")).isEqualTo(2 * HANGING);
    }
  }
}
