package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A body that the origin drips: whoever comes late has the head and the bytes so far at once. */
class DrippedBodyTest {

  private static final String BODY =
      IntStream.range(0, 6000).mapToObj("%09d\n"::formatted).reduce("", String::concat);

  private static final int DRIP = 1000;

  /** Drips after which the origin is held until one more caller has all that there is. */
  private static final List<Integer> HOLDS = List.of(0, 1, 7, 30, 31, 59);

  @Test
  void callersComeInTheMiddle_haveTheHeadAndTheBytesSoFar() {
    var gates = HOLDS.stream().map(hold -> new Gate()).toList();
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s");
        var silent = holdfast.slowCaller();
        var callers = holdfast.callers(HOLDS.size())) {
      origin.on("/drip", exchange -> drip(exchange, gates));
      silent.get("/catalog/drip"); // and never reads
      origin.awaitRequests("/drip", 1);

      for (int i = 0; i < gates.size(); i++) {
        var soFar = HOLDS.get(i) * DRIP;
        var late = callers.get(i).get("/catalog/drip");
        assertThat(late.readHead().header("Cache-Status")).contains("collapsed");
        assertThat(late.readPart(soFar)).isEqualTo(BODY.substring(0, soFar));
        gates.get(i).open();
      }

      for (int i = 0; i < gates.size(); i++) {
        var rest = callers.get(i).readBody();
        assertThat(rest.whole()).isTrue();
        assertThat(rest.text()).isEqualTo(BODY.substring(HOLDS.get(i) * DRIP));
      }
      assertThat(holdfast.get("/drip").header("Cache-Status")).contains(";hit;");
      assertThat(origin.requests("/drip")).isEqualTo(1);
      assertThat(silent.readHead().header("Cache-Status")).doesNotContain("collapsed");
      assertThat(silent.readBody().text()).isEqualTo(BODY);
      holdfast.awaitNothingLeft();
    }
  }

  private static void drip(Exchange exchange, List<Gate> gates) {
    exchange.head("200 OK", "Cache-Control: max-age=60", "Content-Length: " + BODY.length());
    for (int drip = 0; drip * DRIP < BODY.length(); drip++) {
      if (HOLDS.contains(drip)) {
        exchange.await(gates.get(HOLDS.indexOf(drip)));
      }
      exchange.send(BODY.substring(drip * DRIP, (drip + 1) * DRIP));
    }
  }
}
