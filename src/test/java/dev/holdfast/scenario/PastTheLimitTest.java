package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body of unknown length that turns out longer than may be stored, and those who read it. */
class PastTheLimitTest {

  /** What is on its way to a caller who does not read, in queues and sockets, is less. */
  private static final String LIMIT = "max-stored-body=32MB";

  private static final long BYTES = 1800L * EndlessBytes.PERIOD;

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final Gate begin = new Gate();
  private final Gate end = new Gate();
  private Holdfast holdfast;

  @BeforeEach
  void start() {
    holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s", LIMIT);
    origin.on(
        "/long",
        exchange -> {
          exchange.chunkedHead("Cache-Control: max-age=60");
          exchange.await(begin);
          var period = EndlessBytes.first(EndlessBytes.PERIOD);
          for (long sent = 0; sent < BYTES; sent += period.length) {
            exchange.chunk(period);
          }
          exchange.await(end);
          exchange.lastChunk();
        });
  }

  @AfterEach
  void stop() {
    begin.open();
    end.open();
    holdfast.awaitNothingLeft();
    Await.until(() -> holdfast.gauge("holdfast.bodies.memory.used") == 0, "no byte held");
    holdfast.close();
    origin.close();
  }

  @Test
  void oneOfThreeIsSlow_theOthersHaveItAllAndTheSlowIsCutOff() {
    try (var slow = holdfast.slowCaller();
        var fast = holdfast.caller();
        var other = holdfast.caller();
        var late = holdfast.caller()) {
      for (var caller : new RawCaller[] {slow, fast, other}) {
        caller.get("/catalog/long").readHead();
      }
      assertThat(holdfast.attached()).isEqualTo(3);
      begin.open();
      readAllBytes(fast, other);
      assertThat(holdfast.attached()).isEqualTo(2);

      assertThat(late.get("/catalog/long").readHead().header("Cache-Status"))
          .doesNotContain("collapsed");
      assertThat(origin.requests("/long")).isEqualTo(2);
      late.reset();
      Await.until(
          () -> holdfast.count("holdfast.callers.left", "reason", "too_slow") == 1, "counted");
      var cut = slow.readBody();
      assertThat(cut.whole()).isFalse();
      assertThat(cut.length()).isLessThan((int) BYTES);
      end.open();
      for (var caller : new RawCaller[] {fast, other}) {
        var rest = caller.readBody();
        assertThat(rest.whole()).isTrue();
        assertThat(rest.length()).isZero();
      }
    }
    holdfast.awaitNothingLeft();
    assertThat(holdfast.fills("not_storable")).isEqualTo(1);
  }

  @Test
  void allButTheOneThatWasCutOffHaveLeft_theFetchIsCancelled() {
    try (var slow = holdfast.slowCaller();
        var fast = holdfast.caller()) {
      slow.get("/catalog/long").readHead(); // and never reads on
      fast.get("/catalog/long").readHead();
      begin.open();
      readAllBytes(fast);
      fast.reset();

      origin.awaitAbortedByPeer(1);
      holdfast.awaitNothingLeft();
      holdfast.awaitNoCallers();
      assertThat(holdfast.fills("abandoned")).isEqualTo(1);
    }
  }

  @Test
  void everybodyHasLeft_theFetchIsCancelled() {
    try (var first = holdfast.caller();
        var second = holdfast.caller()) {
      first.get("/catalog/long").readHead();
      second.get("/catalog/long").readHead();
      begin.open();
      first.readPart(1_000_000);
      first.reset();
      readAllBytes(second);
      assertThat(origin.abortedByPeer()).isZero();
      second.reset();

      origin.awaitAbortedByPeer(1);
      holdfast.awaitNothingLeft();
      assertThat(holdfast.fills("abandoned")).isEqualTo(1);
    }
  }

  /** In turns, so that none of them falls behind. */
  private static void readAllBytes(RawCaller... callers) {
    for (long read = 0; read < BYTES; read += EndlessBytes.PERIOD) {
      for (var caller : callers) {
        var part = caller.readPartBytes(EndlessBytes.PERIOD);
        assertThat(EndlessBytes.areAt(read, part, part.length)).isTrue();
      }
    }
  }
}
