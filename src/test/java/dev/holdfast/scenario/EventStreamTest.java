package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events reach their caller one by one, and each caller has a stream of its own. */
class EventStreamTest {

  private static final List<String> EVENTS = List.of("data: 1\n\n", ":\n\n", "data: three\n\n");

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final Gate beforeHead = new Gate();

  /** Opened by the test once the caller has the event, by the stream's number. */
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();

  private Holdfast holdfast;

  @BeforeEach
  void start() {
    holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s");
    origin.on(
        "/events",
        exchange -> {
          exchange.await(beforeHead);
          exchange.chunkedHead(
              "Content-Type: Text/Event-Stream;charset=UTF-8", "Cache-Control: max-age=60");
          int stream = exchange.request().nth();
          for (String event : EVENTS) {
            exchange.chunk(stream + event);
            exchange.await(gate(stream, event));
          }
          exchange.lastChunk();
        });
  }

  @AfterEach
  void stop() {
    holdfast.awaitNothingLeft();
    holdfast.close();
    origin.close();
  }

  private Gate gate(int stream, String event) {
    return gates.computeIfAbsent(stream + event, absent -> new Gate());
  }

  @Test
  void twoCallers_eachHasAStreamOfItsOwnEventByEvent() {
    beforeHead.open();
    try (var first = holdfast.caller();
        var second = holdfast.caller()) {
      isPassed(first.get("/catalog/events").readHead());
      assertThat(first.readPart(10)).isEqualTo("1" + EVENTS.get(0));
      isPassed(second.get("/catalog/events").readHead());
      for (RawCaller caller : List.of(second, first)) {
        int stream = caller == first ? 1 : 2;
        for (String event : EVENTS) {
          if (caller == second || !event.equals(EVENTS.get(0))) {
            assertThat(caller.readPart(event.length() + 1)).isEqualTo(stream + event);
          }
          gate(stream, event).open(); // only now does the origin go on
        }
        assertThat(caller.readBody().text()).isEmpty();
      }
    }
    assertThat(origin.requests("/events")).isEqualTo(2);
    holdfast.awaitNothingLeft();
    assertThat(holdfast.count("holdfast.fills.not.stored", "reason", "event-stream")).isEqualTo(2);
  }

  @Test
  void callersComeBeforeTheHead_bothAreAnswered() {
    try (var first = holdfast.caller();
        var second = holdfast.caller()) {
      first.get("/catalog/events");
      second.get("/catalog/events");
      Await.until(() -> holdfast.attached() == 2, "both attached to one fill");
      assertThat(origin.requests("/events")).isLessThanOrEqualTo(1);
      beforeHead.open();

      isPassed(first.readHead());
      isPassed(second.readHead());
      String one = first.readPart(10);
      String other = second.readPart(10);
      assertThat(List.of(one, other)).containsExactlyInAnyOrder("1data: 1\n\n", "2data: 1\n\n");
    }
    Await.until(() -> holdfast.fills("abandoned") == 2, "both streams given up");
    gates.values().forEach(Gate::open);
  }

  private static void isPassed(Head head) {
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Cache-Status"))
        .isEqualTo("holdfast;fwd=uri-miss;fwd-status=200;detail=event-stream");
  }
}
