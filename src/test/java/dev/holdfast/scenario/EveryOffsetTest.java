package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** A response that breaks off in place of each of its bytes: no caller takes a part for it all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryOffsetTest {

  private static final String FRESH = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";
  private static final String LENGTH = FRESH + "Content-Length: 10\r\n\r\n0123456789";
  private static final String CHUNKED =
      FRESH + "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n";

  static final List<Arguments> BREAKS =
      List.of(
          Arguments.of("length", LENGTH, Fault.End.CLOSE),
          Arguments.of("length", LENGTH, Fault.End.RESET),
          Arguments.of("chunked", CHUNKED, Fault.End.CLOSE),
          Arguments.of("chunked", CHUNKED, Fault.End.RESET));

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final FaultProxy proxy = FaultProxy.before(origin);
  private final Holdfast holdfast =
      Holdfast.inFrontOf(
          proxy.baseUrl(),
          "caller-timeout=20s",
          "resend=false",
          "resilience4j.circuitbreaker.instances.catalog.failure-rate-threshold=100");

  @AfterAll
  void stop() {
    holdfast.close();
    proxy.close();
    origin.close();
  }

  @ParameterizedTest(name = "{0} {2}")
  @FieldSource("BREAKS")
  void breaksOffAtEachOffset_visibleToTheCaller_andNothingIsStored(
      String framing, String response, Fault.End end) {
    origin.otherwise(exchange -> exchange.send(response));
    for (int offset = 0; offset < response.length(); offset++) {
      var target = "/" + framing + end + offset;
      proxy.onResponses(
          end == Fault.End.CLOSE ? Fault.NONE.closeAt(offset) : Fault.NONE.resetAt(offset));

      var broken = holdfast.get(target);

      var withinTheHead = offset < response.indexOf("\r\n\r\n") + 4;
      assertThat(broken.status()).as(target).isIn(withinTheHead ? List.of(502) : List.of(200, 502));
      assertThat(broken.whole()).as(target).isEqualTo(broken.status() == 502);
      proxy.onResponses(Fault.NONE);
      var afresh = holdfast.get(target);
      assertThat(afresh.text()).as(target).isEqualTo("0123456789");
      assertThat(afresh.header("Cache-Status")).contains("fwd=uri-miss");
      assertThat(holdfast.get(target).header("Cache-Status")).contains(";hit;");
      assertThat(origin.requests(target)).as(target).isEqualTo(2);
    }
    holdfast.awaitNothingLeft();
  }
}
