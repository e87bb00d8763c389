package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two hundred callers close their connection, each at a moment of its own; all is stored. */
class DisconnectingCallersTest {

  private static final int CALLERS = 200;
  private static final int PIECES = 20;
  private static final String PIECE = "0123456789".repeat(300);

  @Test
  void callersThatDisconnectAnywhere_loseNoWrite() {
    var headGate = new Gate();
    var restGate = new Gate();
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s")) {
      origin.otherwise(
          exchange -> {
            exchange.await(headGate);
            exchange.head("200 OK", "Cache-Control: max-age=60", "Content-Length: " + 2 * half());
            exchange.send(PIECE.repeat(PIECES));
            exchange.await(restGate);
            exchange.send(PIECE.repeat(PIECES));
          });
      try (var callers = holdfast.callers(CALLERS)) {
        for (int i = 0; i < CALLERS; i++) {
          callers.get(i).get("/catalog/" + i);
        }
        origin.awaitRequestsTotal(CALLERS);
        callers.first(CALLERS / 4).forEach(RawCaller::close); // while they wait for the head
        headGate.open();
        for (int i = CALLERS / 4; i < CALLERS; i++) {
          leaveWhileReading(callers.get(i), i);
        }
        restGate.open();
      }
      holdfast.awaitNothingLeft();

      for (int i = 0; i < CALLERS; i++) {
        var answer = holdfast.get("/" + i);
        assertThat(answer.header("Cache-Status")).as("key %s", i).contains(";hit;");
        assertThat(answer.text()).hasSize(2 * half());
      }
      assertThat(origin.requestsTotal()).isEqualTo(CALLERS);
      assertThat(origin.abortedByPeer()).isZero();
    }
  }

  /** Some leave with the head, some after so many bytes, by a close or a reset. */
  private static void leaveWhileReading(RawCaller caller, int i) {
    assertThat(caller.readHead().status()).isEqualTo(200);
    caller.readPart(i * half() / CALLERS);
    if (i % 2 == 0) {
      caller.reset();
    } else {
      caller.close();
    }
  }

  private static int half() {
    return PIECE.length() * PIECES;
  }
}
