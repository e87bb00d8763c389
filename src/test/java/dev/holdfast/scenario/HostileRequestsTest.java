package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 9112 §11.2: what somebody may read otherwise is refused, is the last that its connection has,
 * and leaves nothing; what is much like it, and is honest, is answered.
 */
class HostileRequestsTest extends SharedHoldfast {

  private static final String BEHIND = "GET /catalog/behind HTTP/1.1\r\nHost: h\r\n\r\n";

  private static final String FRESH = "Cache-Control: max-age=60";

  private final LogLines log = LogLines.of("ROOT");

  HostileRequestsTest() {
    super("caller-timeout=20s");
    origin.otherwise(HostileRequestsTest::echo);
  }

  private static void echo(Exchange exchange) {
    var request = exchange.request();
    exchange.ok(request.method() + " " + request.target() + " " + request.body().text(), FRESH);
  }

  @AfterEach
  void nothingIsLogged() {
    assertThat(log.lines()).isEmpty();
  }

  @AfterAll
  void stopListening() {
    log.close();
  }

  static Stream<HostileRequest> hostile() {
    return Stream.of(HostileFraming.all(), HostileLines.all(), HostileTargets.all())
        .flatMap(those -> those);
  }

  static List<HonestRequest> honest() {
    return HonestRequest.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void hostileRequest_isRefused_andSoIsAllBehindIt(HostileRequest hostile) {
    int seen = origin.requestsTotal();
    long stored = holdfast.fills("stored");
    long counted = counted(hostile.status());
    try (var caller = holdfast.caller()) {
      var answer = caller.send(hostile.raw() + BEHIND).readResponse();

      isProblem(answer, hostile.status());
      assertThat(caller.readToClose().bytes()).as("an answer to what is behind").isEmpty();
    }
    Await.until(() -> counted(hostile.status()) == counted + 1, "it is counted, once");
    assertThat(origin.requestsTotal()).isEqualTo(seen);
    assertThat(holdfast.fills("stored")).isEqualTo(stored);
    assertThat(holdfast.get("/next?" + seen).text()).isEqualTo("GET /next?" + seen + " ");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("honest")
  void honestRequest_isAnswered_andSoIsTheNext(HonestRequest honest) {
    try (var caller = holdfast.caller()) {
      assertThat(caller.send(honest.raw() + BEHIND).readResponse().text()).isEqualTo(honest.seen());
      assertThat(caller.readResponse().text()).isEqualTo("GET /behind ");
    }
  }

  @Test
  void eachKind_hasBoth() {
    Set<String> kinds = hostile().map(HostileRequest::kind).collect(Collectors.toSet());

    assertThat(kinds).hasSize(10);
    assertThat(honest()).extracting(HonestRequest::kind).containsAll(kinds).isSubsetOf(kinds);
    assertThat(hostile().distinct()).hasSizeGreaterThan(200);
  }

  /** A head that the codec refuses, one that it does not, a line, and content that breaks off. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /catalog/x HTTP/1.1\r\nHost: h\r\nA b: c\r\n\r\n",
        "GET /catalog/x HTTP/1.1\r\nHost: u@h\r\n\r\n",
        "GET /catalog/x HTTP/1.1\r\nHost: h\r\n A: b\r\n\r\n",
        "POST /catalog/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhellox",
      })
  void hostileRequestBehindAnother_isRefusedInItsTurn(String hostile) {
    var gate = new Gate();
    origin.on(
        "/held",
        exchange -> {
          exchange.await(gate);
          echo(exchange);
        });
    int seen = origin.requests("/held");
    try (var caller = holdfast.caller()) {
      caller.get("/catalog/held", "Cache-Control: no-cache").send(hostile + BEHIND);
      origin.awaitRequests("/held", seen + 1);
      gate.open();

      assertThat(caller.readResponse().text()).isEqualTo("GET /held ");
      isProblem(caller.readResponse(), 400);
      assertThat(caller.readToClose().bytes()).isEmpty();
    }
    assertThat(origin.requests("/x")).isZero();
    assertThat(origin.requests("/behind")).isZero();
  }

  /** What breaks off behind its answer spoils nothing but the connection. */
  @Test
  void contentThatNobodyReadsBreaksOff_connectionEnds() {
    try (var caller = holdfast.caller()) {
      caller.get("/catalog/unread", "Transfer-Encoding: chunked").send("5\r\nhello");
      assertThat(caller.readResponse().text()).isEqualTo("GET /unread ");

      isProblem(caller.send("x\r\n0\r\n\r\n" + BEHIND).readResponse(), 400);
      assertThat(caller.readToClose().bytes()).isEmpty();
    }
  }

  /** Cut anywhere, an honest request is the same one, and a hostile one as well. */
  @Test
  void requestInPieces_isTheSame() {
    String honest =
        "POST /catalog/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:"
            + " chunked\r\n\r\n5;a\r\nhello\r\n0\r\nA: b\r\n\r\n";
    String hostile = "GET /catalog/x HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n";
    for (int at = 1; at < honest.length(); at++) {
      try (var caller = holdfast.caller()) {
        caller.send(honest.substring(0, at)).send(honest.substring(at));
        assertThat(caller.readResponse().text()).isEqualTo("POST /x hello");
        int cut = Math.min(at, hostile.length() - 1);
        caller.send(hostile.substring(0, cut)).send(hostile.substring(cut));
        isProblem(caller.readResponse(), 400);
      }
    }
  }

  private static void isProblem(Response answer, int status) {
    String type =
        switch (status) {
          case 414 -> "uri-too-long";
          case 431 -> "header-fields-too-large";
          default -> "bad-request";
        };
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Cache-Status")).startsWith("holdfast;").endsWith("detail=" + type);
    assertThat(answer.text()).contains("\"urn:holdfast:problem:" + type + "\"", ":" + status);
  }

  /** How many requests were answered with that status. */
  private long counted(int status) {
    return holdfast
        .bean(MeterRegistry.class)
        .find("http.server.requests")
        .tag("status", Integer.toString(status))
        .timers()
        .stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }
}
