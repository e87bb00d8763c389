package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An origin whose body stops, or drips, in the middle, although it has sent a head. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutMidBodyTest {

  private static final String HALF = "0123456789".repeat(30);

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final FaultProxy proxy = FaultProxy.before(origin);
  private final Holdfast holdfast =
      Holdfast.inFrontOf(proxy.baseUrl(), "caller-timeout=20s", "fetch-timeout=2s");

  private Gate rest = new Gate();

  @AfterEach
  void nothingIsLeft() {
    proxy.onResponses(Fault.NONE);
    rest.open();
    holdfast.awaitNothingLeft();
  }

  @AfterAll
  void stop() {
    holdfast.close();
    proxy.close();
    origin.close();
  }

  /**
   * All of the rest would take half a minute, and each of its bytes is soon followed by another.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bodyStopsOrDrips_callersAreCutOffInTheEnd_andNothingIsStored(boolean drips) {
    var target = drips ? "/drips" : "/stops";
    script(target, "max-age=60");
    var before = holdfast.fills("timed_out");
    try (var caller = holdfast.caller();
        var other = holdfast.caller()) {
      caller.get("/catalog" + target).readHead();
      assertThat(caller.readPart(HALF.length())).isEqualTo(HALF);
      proxy.onResponses(drips ? Fault.NONE.atBytesPerSecond(10) : Fault.NONE.stallAt(0));
      rest.open();
      other.get("/catalog" + target).readHead();
      assertThat(other.readPart(HALF.length())).isEqualTo(HALF);

      assertThat(caller.readBody().whole()).isFalse();
      assertThat(other.readBody().whole()).isFalse();
    }
    holdfast.awaitNothingLeft();
    assertThat(holdfast.fills("timed_out")).isEqualTo(before + 1);
    origin.awaitNoOpenConnections();
    proxy.onResponses(Fault.NONE);
    assertThat(holdfast.get(target).text()).isEqualTo(HALF + HALF);
    assertThat(holdfast.get(target).header("Cache-Status")).contains(";hit;");
    assertThat(origin.requests(target)).isEqualTo(2);
  }

  /** Nobody waits for it to be stored: only a pause counts. */
  @Test
  void bodyThatIsNotStoredDrips_goesOnAsLongAsItDoes() {
    script("/long", "no-store");
    try (var caller = holdfast.caller()) {
      caller.get("/catalog/long").readHead();
      proxy.onResponses(Fault.NONE.atBytesPerSecond(150));
      rest.open();

      assertThat(caller.readBody().text()).isEqualTo(HALF + HALF);
    }
    holdfast.awaitNothingLeft();
    assertThat(holdfast.fills("not_storable")).isEqualTo(1);
  }

  private void script(String target, String cacheControl) {
    rest = new Gate();
    var held = rest;
    origin.on(
        target,
        exchange -> {
          exchange.head(
              "200 OK", "Cache-Control: " + cacheControl, "Content-Length: " + 2 * HALF.length());
          exchange.send(HALF);
          exchange.await(held);
          exchange.send(HALF);
        });
  }
}
