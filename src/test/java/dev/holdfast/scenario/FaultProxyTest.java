package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault does what it says, to the direction for which it is set, from when it is set. */
class FaultProxyTest {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
  private static final Duration DELAY = Duration.ofMillis(120);

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final FaultProxy proxy = FaultProxy.before(origin);

  FaultProxyTest() {
    origin.otherwise(exchange -> exchange.ok("0123456789"));
  }

  @AfterEach
  void stop() {
    proxy.close();
    origin.awaitNoOpenConnections();
    Await.until(() -> proxy.openConnections() == 0, "all connections ended");
    origin.close();
  }

  @Test
  void noFault_bytesPassBothWays_andSoDoBothEnds() {
    try (var caller = caller()) {
      caller.request("PUT", "/a", "Content-Length: 3").send("abc");
      assertThat(caller.readResponse().text()).isEqualTo("0123456789");
      assertThat(origin.requests().get(0).body().text()).isEqualTo("abc");
      assertThat(caller.exchange("GET", "/b").text()).isEqualTo("0123456789");
      assertThat(origin.openConnections()).isEqualTo(1);
    }
    origin.awaitNoOpenConnections();
    origin.on("/c", Exchange::reset);
    try (var caller = caller()) {
      assertThat(caller.get("/c").readToClose().whole()).isFalse();
    }
    origin.on("/d", Exchange::closeOrderly);
    try (var caller = caller()) {
      assertThat(caller.get("/d").readToClose().whole()).isTrue();
    }
    assertThat(proxy.connections()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOSE", "RESET"})
  void endAtAnOffset_bytesBeforeItPassAndTheConnectionEnds(Fault.End end) {
    for (var offset : new int[] {0, 1, HEAD.length(), HEAD.length() + 9}) {
      var at = Fault.NONE.inPiecesOf(1);
      proxy.onResponses(end == Fault.End.CLOSE ? at.closeAt(offset) : at.resetAt(offset));
      try (var caller = caller().get("/a")) {
        var seen = caller.readToClose();
        var before = (HEAD + "0123456789").substring(0, offset);
        // a reset drops what the system has not sent yet
        assertThat(seen.text()).isEqualTo(end == Fault.End.CLOSE ? before : begun(before, seen));
        assertThat(seen.whole()).isEqualTo(end == Fault.End.CLOSE);
      }
      origin.awaitNoOpenConnections();
    }
  }

  /** As much of it as was seen. */
  private static String begun(String text, Body seen) {
    return text.substring(0, Math.min(text.length(), seen.text().length()));
  }

  @Test
  void endBehindTheLastByte_neverComes() {
    proxy.onResponses(Fault.NONE.resetAt(HEAD.length() + 10));
    try (var caller = caller()) {
      assertThat(caller.exchange("GET", "/a").text()).isEqualTo("0123456789");
    }
  }

  @Test
  void faultIsSetOnAConnectionInUse_offsetCountsFromThere() {
    try (var caller = caller()) {
      caller.exchange("GET", "/a");
      proxy.onResponses(Fault.NONE.closeAt(HEAD.length() + 4));

      assertThat(caller.get("/b").readToClose().text()).isEqualTo(HEAD + "0123");
    }
  }

  @Test
  void stall_nothingGoesOn_andAllDoesOnceItIsOver() {
    proxy.onResponses(Fault.NONE.stallAt(HEAD.length() + 4));
    try (var stalled = caller().get("/a")) {
      assertThat(new String(stalled.readExactly(HEAD.length() + 4), UTF_8))
          .isEqualTo(HEAD + "0123");
      var rest = CompletableFuture.supplyAsync(() -> stalled.readExactly(6));
      proxy.onRequests(Fault.NONE); // the other direction: changes nothing here
      assertThat(origin.requestsTotal()).isEqualTo(1);
      assertThat(rest).isNotDone();

      proxy.onResponses(Fault.NONE);
      assertThat(rest.join()).isEqualTo("456789".getBytes(UTF_8));
    }
  }

  @Test
  void blackHole_requestIsTakenAndNeverArrives_othersDoOnceItIsOver() {
    proxy.onRequests(Fault.NONE.swallowFrom(0));
    try (var lost = caller();
        var other = caller()) {
      lost.get("/lost").send("x".repeat(10_000_000)); // more than any buffer holds
      proxy.onRequests(Fault.NONE);
      lost.get("/lost");

      assertThat(other.exchange("GET", "/other").status()).isEqualTo(200);
      assertThat(origin.requestsTotal()).isEqualTo(1);
    }
  }

  @Test
  void slices_bytesComeInSmallPieces() {
    var latency = Duration.ofMillis(4);
    proxy.onResponses(Fault.NONE.inPiecesOf(3).laterBy(latency));
    assertThat(timeOf("/a")).isGreaterThanOrEqualTo(latency.multipliedBy(HEAD.length() / 3));
  }

  @Test
  void latency_delaysEachPiece() {
    proxy.onResponses(Fault.NONE.laterBy(DELAY));
    assertThat(timeOf("/a")).isGreaterThanOrEqualTo(DELAY);
    proxy.onResponses(Fault.NONE).onRequests(Fault.NONE.laterBy(DELAY));
    assertThat(timeOf("/a")).isGreaterThanOrEqualTo(DELAY);
  }

  @Test
  void bandwidth_takesItsTime() {
    proxy.onResponses(Fault.NONE.atBytesPerSecond(200));
    assertThat(timeOf("/a")).isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void slowClose_endComesLater() {
    origin.on("/a", Exchange::closeOrderly);
    proxy.onResponses(Fault.NONE.closeLaterBy(DELAY));
    var begin = System.nanoTime();
    try (var caller = caller().get("/a")) {
      assertThat(caller.readToClose().whole()).isTrue();
    }
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(DELAY.toNanos());
  }

  @Test
  void faultIsLifted_whoeverWaitsGoesOnAtOnce() {
    proxy.onResponses(Fault.NONE.laterBy(Duration.ofDays(1)));
    try (var caller = caller().get("/a")) {
      origin.awaitRequests("/a", 1);
      proxy.onResponses(Fault.NONE);

      assertThat(caller.readResponse().status()).isEqualTo(200);
    }
  }

  @Test
  void allAreReset_othersCanConnect() {
    try (var caller = caller()) {
      caller.exchange("GET", "/a");
      proxy.resetAll();
      assertThat(caller.readToClose().whole()).isFalse();
      assertThat(RawCaller.once(proxy.port(), "GET", "/b").status()).isEqualTo(200);
    }
  }

  private RawCaller caller() {
    return RawCaller.connect(proxy.port());
  }

  private Duration timeOf(String target) {
    var begin = System.nanoTime();
    assertThat(RawCaller.once(proxy.port(), "GET", target).status()).isEqualTo(200);
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
