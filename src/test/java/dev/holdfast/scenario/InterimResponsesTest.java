package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 9110 §15.2: interim responses of the origin come before the final one, on connections that
 * are kept on either side; each caller gets those of its own fetch.
 */
class InterimResponsesTest extends SharedHoldfast {

  InterimResponsesTest() {
    super("caller-timeout=20s", "connect-timeout=20s", "pool.max-connections=1");
  }

  @Test
  void interimThenFinal_onConnectionsThatAreKept_eachRequestGetsItsOwn() {
    int before = origin.requestsTotal();
    origin.otherwise(
        exchange -> {
          exchange.head("102 Processing");
          exchange.head("103 Early Hints", "Link: <" + exchange.request().target() + ".css>");
          exchange.ok("body of " + exchange.request().target(), "Cache-Control: max-age=60");
        });

    try (var caller = holdfast.caller()) {
      for (String target : new String[] {"/once-a", "/once-b", "/once-c"}) {
        var answer = caller.exchange("GET", "/catalog" + target);
        assertThat(statuses(answer)).containsExactly(102, 103);
        assertThat(answer.interim().get(1).header("Link")).isEqualTo("<" + target + ".css>");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("body of " + target);
      }
      var hit = caller.exchange("GET", "/catalog/once-a");
      assertThat(hit.interim()).isEmpty();
      assertThat(hit.text()).isEqualTo("body of /once-a");
    }
    var seen = origin.requests().subList(before, before + 3);
    assertThat(seen).extracting(Request::connectionId).containsOnly(seen.get(0).connectionId());
    assertThat(origin.requestsTotal()).isEqualTo(before + 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS"})
  void anyMethod_interimComesFirst_andTheConnectionGoesOn(String method) {
    origin.on(
        "/method",
        exchange -> {
          exchange.head("103 Early Hints");
          exchange.chunkedHead();
          if (!method.equals("HEAD")) {
            exchange.chunk("ok");
            exchange.lastChunk();
          }
        });

    try (var caller = holdfast.caller()) {
      for (int i = 0; i < 2; i++) {
        var answer = caller.exchange(method, "/catalog/method");
        assertThat(statuses(answer)).containsExactly(103);
        assertThat(answer.text()).isEqualTo(method.equals("HEAD") ? "" : "ok");
      }
    }
  }

  @Test
  void interim_isSentAtOnce_asTheOriginSentItButForTheHop() {
    var gate = new Gate();
    origin.on(
        "/atOnce",
        exchange -> {
          exchange.head(
              "103 Soon: gr\u00fc\u00df",
              "Link: </a.css>",
              "link: </b.css>",
              "X-Text: gr\u00fc\u00df",
              "Content-Length: 5",
              "Connection: X-Hop",
              "X-Hop: 1",
              "Keep-Alive: 5");
          exchange.await(gate);
          exchange.ok("ok");
        });

    try (var caller = holdfast.caller()) {
      var interim = caller.get("/catalog/atOnce").readHead();

      assertThat(interim.statusLine()).isEqualTo("HTTP/1.1 103 Soon: gr\u00fc\u00df");
      assertThat(interim.headers().all())
          .extracting(Header::toString)
          .containsExactly(
              "Link: </a.css>", "link: </b.css>", "X-Text: gr\u00fc\u00df", "Via: 1.1 holdfast");
      gate.open();
      assertThat(caller.readResponse().text()).isEqualTo("ok");
    }
  }

  @Test
  void moreThanEight_theFirstEightArePassedOn() {
    origin.on(
        "/eight",
        exchange -> {
          for (int status = 110; status < 120; status++) {
            exchange.head(status + " Wait");
          }
          exchange.ok("ok");
        });

    var answer = holdfast.get("/eight");

    assertThat(statuses(answer)).containsExactly(110, 111, 112, 113, 114, 115, 116, 117);
    assertThat(answer.text()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1"})
  void callerOfHttp10_getsTheFinalResponseAlone(String version) {
    origin.on(
        "/old",
        exchange -> {
          exchange.head("103 Early Hints");
          exchange.ok("ok");
        });

    try (var caller = holdfast.caller()) {
      caller.send("GET /catalog/old HTTP/" + version + "\r\nHost: h\r\n\r\n");

      var answer = caller.readResponse();

      assertThat(answer.interim()).hasSize(version.equals("1.0") ? 0 : 1);
      assertThat(answer.text()).isEqualTo("ok");
    }
  }

  @Test
  void callersWhoJoined_getTheFinalResponseAlone() {
    var gate = new Gate();
    try (var starter = holdfast.caller();
        var joined = holdfast.caller()) {
      joinWithInterim("/joined", gate, starter, joined);
      gate.open();

      assertThat(statuses(starter.readResponse())).containsExactly(103);
      var answer = joined.readResponse();
      assertThat(answer.interim()).isEmpty();
      assertThat(answer.header("Cache-Status")).contains("collapsed");
    }
    assertThat(origin.requests("/joined")).isEqualTo(1);
  }

  @Test
  void pipelinedRequests_eachAnswerHasItsOwnInOrder() {
    origin.otherwise(
        exchange -> {
          exchange.head("103 Early Hints", "X-Of: " + exchange.request().target());
          exchange.ok("body of " + exchange.request().target());
        });

    try (var caller = holdfast.caller()) {
      caller.get("/catalog/pipelined-a").get("/catalog/pipelined-b");

      for (String target : new String[] {"/pipelined-a", "/pipelined-b"}) {
        var answer = caller.readResponse();
        assertThat(answer.interim())
            .singleElement()
            .satisfies(interim -> assertThat(interim.header("X-Of")).isEqualTo(target));
        assertThat(answer.text()).isEqualTo("body of " + target);
      }
    }
  }

  @Test
  void callerHasBeenAnsweredLongSince_getsNoneOfTheFetchThatGoesOn() {
    var gate = new Gate();
    origin.on(
        "/late",
        exchange -> {
          exchange.head("102 Processing");
          exchange.await(gate);
          exchange.head("103 Early Hints");
          exchange.ok("ok", "Cache-Control: max-age=60");
        });

    try (var impatient = Holdfast.inFrontOf(origin, "caller-timeout=1s");
        var caller = impatient.caller()) {
      var late = caller.exchange("GET", "/catalog/late");
      assertThat(statuses(late)).containsExactly(102);
      assertThat(late.status()).isEqualTo(504);
      gate.open();
      impatient.awaitNothingLeft();

      var next = caller.exchange("GET", "/catalog/late");
      assertThat(next.interim()).isEmpty();
      assertThat(next.header("Cache-Status")).contains(";hit;");
    }
  }

  @Test
  void starterLeaves_whoJoinedIsAnswered() {
    var gate = new Gate();
    try (var starter = holdfast.caller();
        var joined = holdfast.caller()) {
      joinWithInterim("/left", gate, starter, joined);
      starter.reset();
      Await.until(() -> holdfast.attached() == 1, "one attached");
      gate.open();

      assertThat(joined.readResponse().text()).isEqualTo("ok");
    }
  }

  /** What compresses sits between the codec and reactor-netty, and counts responses. */
  @Test
  void serverCompresses_interimIsNoneOfTheResponsesThatItCounts() {
    origin.on(
        "/compressed",
        exchange -> {
          exchange.head("103 Early Hints");
          exchange.ok("ok", "Content-Type: text/plain");
        });

    try (var other =
            Holdfast.inFrontOf(
                origin,
                "server.compression.enabled=true",
                "server.compression.min-response-size=1B");
        var caller = other.caller()) {
      for (int i = 0; i < 2; i++) {
        var answer = caller.exchange("GET", "/catalog/compressed", "Accept-Encoding: gzip");
        assertThat(statuses(answer)).containsExactly(103);
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
      }
    }
  }

  /** Both callers are attached to one fetch; the origin answers when the gate is opened. */
  private void joinWithInterim(String target, Gate gate, RawCaller starter, RawCaller joiner) {
    origin.on(
        target,
        exchange -> {
          exchange.await(gate);
          exchange.head("103 Early Hints");
          exchange.ok("ok", "Cache-Control: max-age=60");
        });
    starter.get("/catalog" + target);
    origin.awaitRequests(target, 1);
    joiner.get("/catalog" + target);
    Await.until(() -> holdfast.attached() == 2, "both attached");
  }

  private static List<Integer> statuses(Response answer) {
    return answer.interim().stream().map(Head::status).toList();
  }
}
