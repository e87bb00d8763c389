package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ScriptedOriginTest {

  @Test
  void twoRequestsOnOneConnection_bothAnsweredAndNumbered() {
    try (var origin = new ScriptedOrigin();
        var caller = RawCaller.connect(origin.port())) {
      origin.on("/a", x -> x.ok("first")).on("/b", x -> x.ok("second", "Age: 3"));

      assertThat(caller.exchange("GET", "/a").text()).isEqualTo("first");
      assertThat(caller.exchange("GET", "/b?q=1").header("age")).isEqualTo("3");

      assertThat(origin.requests()).extracting(Request::target).containsExactly("/a", "/b?q=1");
      assertThat(origin.requests()).extracting(Request::indexOnConnection).containsExactly(1, 2);
      assertThat(origin.connections()).isEqualTo(1);
    }
  }

  @Test
  void rawBytes_areSentExactly() {
    var raw = "HTTP/1.1 299 Odd  one\r\nx-RAW:\t\u00e9 \r\nContent-Length: 2\r\n\r\nhi";
    try (var origin = new ScriptedOrigin();
        var caller = RawCaller.connect(origin.port())) {
      origin.on("/raw", x -> x.send(raw));
      caller.get("/raw");
      assertThat(caller.readExactly(raw.length())).asString(ISO_8859_1).isEqualTo(raw);
    }
  }

  @Test
  void chunkedRequest_isReadWholeWithTrailers() {
    try (var origin = new ScriptedOrigin();
        var caller = RawCaller.connect(origin.port())) {
      origin.on("/in", x -> x.ok(x.request().body().text()));
      caller.request("POST", "/in", "Transfer-Encoding: chunked").send("5;x=y\r\nhello\r\n");
      origin.awaitBodyBytes(5);
      assertThat(origin.requests("/in")).isZero();
      caller.send("1\r\n!\r\n0\r\nSum: 6\r\n\r\n");

      assertThat(caller.readResponse().text()).isEqualTo("hello!");
      assertThat(origin.requests().get(0).body().trailers().first("sum")).isEqualTo("6");
    }
  }

  @Test
  void shutGate_holdsTheAnswerUntilOpened() {
    try (var origin = new ScriptedOrigin();
        var caller = RawCaller.connect(origin.port())) {
      var gate = new Gate();
      var passed = new AtomicBoolean();
      origin.on(
          "/held",
          x -> {
            x.chunkedHead();
            x.chunk("before");
            x.await(gate);
            passed.set(true);
            x.chunk("after");
            x.lastChunk();
          });
      caller.get("/held");
      assertThat(caller.readHead().status()).isEqualTo(200);
      assertThat(caller.readPart(6)).isEqualTo("before");
      assertThat(passed).isFalse();
      gate.open();
      assertThat(caller.readBody().text()).isEqualTo("after");
      assertThat(passed).isTrue();
    }
  }

  @Test
  void sameTargetTwice_scriptSeesWhichItIs() {
    try (var origin = new ScriptedOrigin();
        var caller = RawCaller.connect(origin.port())) {
      origin.otherwise(x -> x.ok(x.request().target() + x.request().nth()));
      assertThat(caller.exchange("GET", "/a").text()).isEqualTo("/a1");
      assertThat(caller.exchange("GET", "/b").text()).isEqualTo("/b1");
      assertThat(caller.exchange("GET", "/a").text()).isEqualTo("/a2");
    }
  }

  @Test
  void peerLeavesAtTheGate_countedAsAbortedWhileTheGateIsShut() {
    try (var origin = new ScriptedOrigin()) {
      var gate = new Gate();
      origin.on(
          "/a",
          x -> {
            x.await(gate);
            x.ok("late");
          });
      try (var caller = RawCaller.connect(origin.port())) {
        caller.get("/a");
        origin.awaitRequests("/a", 1);
        assertThat(origin.openConnections()).isEqualTo(1);
      }
      origin.awaitNoOpenConnections();
      assertThat(origin.abortedByPeer()).isEqualTo(1);
      gate.open();
    }
  }

  @Test
  void peerLeavesAfterTheAnswer_notCountedAsAborted() {
    try (var origin = new ScriptedOrigin()) {
      var gate = new Gate();
      origin.on(
          "/a",
          x -> {
            x.ok("in time");
            x.await(gate);
          });
      assertThat(RawCaller.once(origin.port(), "GET", "/a").whole()).isTrue();
      origin.awaitNoOpenConnections();
      assertThat(origin.abortedByPeer()).isZero();
    }
  }

  @Test
  void peerResetsInMidContent_countedAsAbortedOnce() {
    try (var origin = new ScriptedOrigin();
        var caller = RawCaller.connect(origin.port())) {
      origin.on(
          "/hang",
          x -> {
            x.chunkedHead();
            x.hangUntilClosed();
            x.chunk("into the void");
          });
      caller.get("/hang").readHead();
      caller.reset();
      origin.awaitAbortedByPeer(1);
      origin.awaitNoOpenConnections();
      assertThat(origin.abortedByPeer()).isEqualTo(1);
    }
  }

  @Test
  void peerLeavesInMidRequest_countedAsAborted() {
    try (var origin = new ScriptedOrigin()) {
      try (var caller = RawCaller.connect(origin.port())) {
        caller.request("POST", "/in", "Content-Length: 10").send("half");
        origin.awaitBodyBytes(4);
      }
      origin.awaitAbortedByPeer(1);
      assertThat(origin.requestsTotal()).isZero();
    }
  }

  @Test
  void fiveHundredCallers_needNoThreadsOfTheirOwn() {
    try (var origin = new ScriptedOrigin();
        var callers = Callers.open(500, origin.port())) {
      var gate = new Gate();
      origin.on(
          "/a",
          x -> {
            x.await(gate);
            x.ok("" + x.request().connectionId());
          });
      callers.forEach(c -> c.get("/a"));
      origin.awaitRequests("/a", 500);
      callers.first(250).forEach(RawCaller::close);
      origin.awaitAbortedByPeer(250);
      gate.open();
      assertThat(callers.allBut(250)).allMatch(c -> c.readResponse().whole());
      assertThat(origin.openConnections()).isEqualTo(250);
    }
  }

  @Test
  void failingScript_failsOnClose() {
    var origin = new ScriptedOrigin();
    origin.on("/bad", x -> assertThat(x.request().method()).isEqualTo("PUT"));
    origin.on("/good", x -> x.ok(""));
    assertThatThrownBy(() -> RawCaller.once(origin.port(), "GET", "/bad"))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(origin::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("PUT");
  }

  @Test
  void missingOrSilentScript_failsOnClose() {
    for (var target : new String[] {"/missing", "/silent"}) {
      var origin = new ScriptedOrigin().on("/silent", x -> {});
      assertThatThrownBy(() -> RawCaller.once(origin.port(), "GET", target))
          .isInstanceOf(RuntimeException.class);
      assertThatThrownBy(origin::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(target);
    }
  }

  @Test
  void scriptStillAtItsGate_closesWithoutFailure() {
    var origin = new ScriptedOrigin().on("/a", x -> x.await(new Gate()));
    try (var caller = RawCaller.connect(origin.port())) {
      caller.get("/a");
      origin.awaitRequests("/a", 1);
      assertThatCode(origin::close).doesNotThrowAnyException();
    }
  }

  @Test
  void closedByTheScript_nextRequestIsReset() {
    try (var origin = new ScriptedOrigin();
        var caller = RawCaller.connect(origin.port())) {
      origin.on("/a", Exchange::closeOrderly);
      caller.get("/a");
      origin.awaitRequests("/a", 1);
      origin.awaitNoOpenConnections();
      caller.get("/a");
      assertThat(caller.readToClose().length()).isZero();
      assertThat(origin.requests("/a")).isEqualTo(1);
      assertThat(origin.abortedByPeer()).isZero();
    }
  }
}
