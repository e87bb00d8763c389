package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.testing.FakeTicker;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order in which a request degrades, and that Cache-Status says how far it came. */
class LadderTest {

  private static final String LIFE =
      "Cache-Control: max-age=10, stale-while-revalidate=10, stale-if-error=60";

  private final FakeTicker time = new FakeTicker();
  private final Gate gate = new Gate();
  private final ScriptedOrigin origin = new ScriptedOrigin();

  @AfterEach
  void stop() {
    gate.open();
    origin.close();
  }

  @Test
  void eachRungIsTaken_whereNoneAboveItIsToBeHad() {
    Ticker passing = () -> System.nanoTime() + time.read();
    origin.on("/a", exchange -> exchange.ok("first", LIFE));
    try (var holdfast = Holdfast.inFrontOf(origin, passing, "caller-timeout=20s");
        var starter = holdfast.caller();
        var joiner = holdfast.caller()) {
      assertThat(status(holdfast.get("/a"))).isEqualTo("fwd=uri-miss;fwd-status=200;stored");
      assertThat(status(holdfast.get("/a"))).startsWith("hit;ttl=");

      origin.on("/a", Exchange::reset);
      time.advance(Duration.ofSeconds(15));
      assertThat(status(holdfast.get("/a")))
          .startsWith("hit;ttl=-")
          .endsWith(";detail=stale-while-revalidate");
      holdfast.awaitNothingLeft();

      time.advance(Duration.ofSeconds(10));
      assertThat(status(holdfast.get("/a"))).startsWith("fwd=stale;ttl=-").endsWith("if-error");

      origin.on("/a", Script.held(gate, "second", LIFE));
      assertThat(status(holdfast.get("/a", "Prefer: wait=0")))
          .startsWith("fwd=stale;ttl=-")
          .endsWith(";detail=caller-timeout");
      starter.get("/catalog/a");
      joiner.get("/catalog/a");
      Await.until(() -> holdfast.attached() == 2, "both wait");
      gate.open();
      assertThat(status(starter.readResponse()))
          .isEqualTo("fwd=stale;fwd-status=200;stored;collapsed");
      assertThat(status(joiner.readResponse()))
          .isEqualTo("fwd=stale;fwd-status=200;stored;collapsed");

      origin.on("/a", Exchange::reset);
      time.advance(Duration.ofSeconds(100));
      var failed = holdfast.get("/a");
      assertThat(failed.status()).isEqualTo(502);
      assertThat(status(failed)).isEqualTo("fwd=stale;detail=origin-failed");
      holdfast.awaitNothingLeft();
    }
  }

  private static String status(Response answer) {
    return Objects.requireNonNull(answer.header("Cache-Status")).replace("holdfast;", "");
  }
}
