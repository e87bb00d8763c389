package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.Scope;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers with many pieces on their way to them leave; the pieces are freed with them. */
class LeavingInMidBodyTest {

  private static final int CALLERS = 3;
  private static final int PIECES = 300;
  private static final String PIECE = "0123456789".repeat(10_000);

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private Holdfast holdfast;

  @BeforeEach
  void start() {
    holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s", "max-stored-body=40MB");
    origin.on("/stored", exchange -> send(exchange, "max-age=60"));
    origin.on("/passed", exchange -> send(exchange, "no-store"));
  }

  @AfterEach
  void stop() {
    holdfast.close();
    origin.close();
  }

  private static void send(Exchange exchange, String cacheControl) {
    exchange.chunkedHead("Cache-Control: " + cacheControl);
    for (int i = 0; i < PIECES; i++) {
      exchange.chunk(PIECE);
    }
    exchange.lastChunk();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callersLeaveInMidHit_onlyWhatIsStoredIsHeld(boolean reset) {
    holdfast.get("/stored");
    holdfast.awaitNothingLeft();
    var stored = holdfast.gauge("holdfast.bodies.memory.used");
    assertThat(stored).isGreaterThan(PIECES * PIECE.length() - 1);

    comeAndGo("/stored", reset);
    holdfast.invalidate(new Scope.Target("/stored"));
    awaitNothingHeld();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callersLeaveInMidFill_nothingIsHeld(boolean reset) {
    comeAndGo("/passed", reset);

    awaitNothingHeld();
  }

  private void comeAndGo(String target, boolean reset) {
    Consumer<RawCaller> leaving = reset ? RawCaller::reset : RawCaller::close;
    for (int i = 0; i < CALLERS; i++) {
      try (var caller = holdfast.slowCaller()) {
        caller.get("/catalog" + target).readHead();
        caller.readPart(PIECE.length());
        Await.untilSteady(() -> holdfast.gauge("holdfast.bodies.memory.used"));
        leaving.accept(caller);
      }
    }
    Await.until(
        () -> holdfast.count("holdfast.callers.left", "reason", "disconnect") == CALLERS,
        "all gone");
    holdfast.awaitNothingLeft();
  }

  private void awaitNothingHeld() {
    Await.until(() -> holdfast.gauge("holdfast.bodies.memory.used") == 0, "no byte held");
  }
}
