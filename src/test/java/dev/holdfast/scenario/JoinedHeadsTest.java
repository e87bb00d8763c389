package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.Fills;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HEAD and no-store requests while a GET of the same target is being fetched: one fetch for all.
 */
class JoinedHeadsTest {

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final Gate beforeHead = new Gate();
  private final Gate inBody = new Gate();
  private Holdfast holdfast;

  @BeforeEach
  void start() {
    holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s");
  }

  @AfterEach
  void stop() {
    holdfast.awaitNothingLeft();
    holdfast.close();
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void getIsUnderWay_headAndNoStoreJoinIt(boolean lengthKnown) {
    origin.on(
        "/a",
        exchange -> {
          exchange.await(beforeHead);
          String length = lengthKnown ? "Content-Length: 10" : "Connection: close";
          exchange.head("200 OK", "Cache-Control: max-age=60", length);
          exchange.send("01234");
          exchange.await(inBody);
          exchange.send("56789");
          if (!lengthKnown) {
            exchange.closeOrderly();
          }
        });
    try (var get = holdfast.caller();
        var early = holdfast.caller();
        var noStore = holdfast.caller();
        var late = holdfast.caller()) {
      get.get("/catalog/a");
      awaitAttached(1);
      early.request("HEAD", "/catalog/a");
      noStore.get("/catalog/a", "Cache-Control: no-store");
      awaitAttached(3);
      beforeHead.open();

      isTheJoinedHead(early.readResponse(), lengthKnown);
      isTheJoinedHead(late.exchange("HEAD", "/catalog/a"), lengthKnown);
      awaitAttached(2); // those who read the body
      // the connection is of use for another request: nothing of a body was sent on it
      inBody.open();
      assertThat(noStore.readHead().header("Cache-Status")).endsWith(";stored;collapsed");
      assertThat(noStore.readBody().text()).isEqualTo("0123456789");
      assertThat(get.readResponse().text()).isEqualTo("0123456789");
      var hit = early.exchange("HEAD", "/catalog/a");
      assertThat(hit.header("Cache-Status")).contains(";hit;");
    }
    assertThat(origin.requestsTotal()).isEqualTo(1);
  }

  private static void isTheJoinedHead(Response answer, boolean lengthKnown) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("Content-Length")).isEqualTo(lengthKnown ? "10" : null);
    assertThat(answer.header("Cache-Status"))
        .isEqualTo("holdfast;fwd=uri-miss;fwd-status=200;stored;collapsed");
  }

  @Test
  void nothingIsUnderWay_headIsPassedAndNotJoined() {
    origin.on(
        "/b",
        exchange -> {
          if (exchange.request().method().equals("HEAD")) {
            exchange.await(beforeHead);
          }
          exchange.ok("0123456789", "Cache-Control: max-age=60");
        });
    try (var head = holdfast.caller()) {
      head.request("HEAD", "/catalog/b");
      origin.awaitRequests("/b", 1);

      assertThat(holdfast.get("/b").header("Cache-Status")).endsWith(";stored");
      beforeHead.open();
      var answer = head.readResponse();
      assertThat(answer.header("Content-Length")).isEqualTo("10");
      assertThat(answer.header("Cache-Status")).endsWith(";detail=method");
    }
    assertThat(origin.requests("/b")).isEqualTo(2);
  }

  private void awaitAttached(int callers) {
    Await.until(
        () ->
            holdfast.bean(Fills.class).running().stream().mapToInt(fill -> fill.callers()).sum()
                == callers,
        callers + " callers attached");
  }
}
