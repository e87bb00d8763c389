package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heads and bytes go on as they come, both ways; nobody waits for the last byte or for another. */
class StreamingTest {

  private static final String HALF = "0123456789".repeat(3000);

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final Gate gate = new Gate();
  private Holdfast holdfast;

  @BeforeEach
  void start() {
    holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s", "max-stored-body=100KB");
  }

  @AfterEach
  void stop() {
    gate.open();
    holdfast.awaitNothingLeft();
    holdfast.close();
    origin.close();
  }

  @Test
  void originPausesInTheBody_callersHaveTheHeadAndTheBytesSoFar() {
    origin.on(
        "/drip",
        exchange -> {
          exchange.head("200 OK", "Cache-Control: max-age=60", "Content-Length: 60000");
          exchange.send(HALF);
          exchange.await(gate);
          exchange.send(HALF);
        });
    try (var first = holdfast.caller();
        var late = holdfast.caller();
        var silent = holdfast.caller()) {
      silent.get("/catalog/drip"); // and never reads
      assertThat(first.get("/catalog/drip").readHead().status()).isEqualTo(200);
      assertThat(first.readPart(HALF.length())).isEqualTo(HALF);
      assertThat(late.get("/catalog/drip").readHead().header("Cache-Status")).contains("collapsed");
      assertThat(late.readPart(HALF.length())).isEqualTo(HALF);
      gate.open();

      assertThat(first.readBody().text()).isEqualTo(HALF);
      assertThat(late.readBody().text()).isEqualTo(HALF);
    }
    assertThat(holdfast.get("/drip").header("Cache-Status")).contains(";hit;");
    assertThat(origin.requests("/drip")).isEqualTo(1);
  }

  @Test
  void headWithoutAByteOfBody_isPassedOnAtOnce() {
    origin.on(
        "/head-first",
        exchange -> {
          exchange.chunkedHead("Cache-Control: max-age=60");
          exchange.await(gate);
          exchange.chunk("late");
          exchange.lastChunk();
        });
    try (var caller = holdfast.caller()) {
      assertThat(caller.get("/catalog/head-first").readHead().status()).isEqualTo(200);
      gate.open();
      assertThat(caller.readBody().text()).isEqualTo("late");
    }
  }

  @Test
  void bodyLongerThanMayBeStored_isPassedOnWholeAndNotStored() {
    String body = HALF.repeat(20);
    origin.on("/known", exchange -> exchange.ok(body, "Cache-Control: max-age=60"));
    origin.on(
        "/unknown",
        exchange -> {
          exchange.chunkedHead("Cache-Control: max-age=60");
          exchange.chunk(body);
          exchange.lastChunk();
        });
    for (String target : new String[] {"/known", "/unknown"}) {
      assertThat(holdfast.get(target).text()).isEqualTo(body);
      var again = holdfast.get(target);
      assertThat(again.text()).isEqualTo(body);
      assertThat(origin.requests(target)).isEqualTo(2);
    }
    assertThat(holdfast.get("/known").header("Cache-Status")).contains("detail=too-large");
  }

  @Test
  void upload_reachesTheOriginPieceByPiece() {
    origin.on("/upload", exchange -> exchange.ok(exchange.request().body().length() + " bytes"));
    try (var caller = holdfast.caller()) {
      caller.request("PUT", "/catalog/upload", "Content-Length: 60000").send(HALF);
      origin.awaitBodyBytes(HALF.length());
      caller.send(HALF);
      assertThat(caller.readResponse().text()).isEqualTo("60000 bytes");
    }
  }

  @Test
  void callerLeavesAfterAnUnsafeRequest_originIsHeardOut() {
    origin.on(
        "/order",
        exchange -> {
          exchange.await(gate);
          exchange.answer("201 Created", "");
        });
    try (var caller = holdfast.caller()) {
      caller.request("POST", "/catalog/order", "Content-Length: 2").send("{}");
      origin.awaitRequests("/order", 1);
    }
    Await.until(
        () -> holdfast.count("holdfast.callers.left", "reason", "disconnect") == 1, "caller gone");
    gate.open();
    holdfast.awaitNothingLeft();
    assertThat(origin.abortedByPeer()).isZero();
  }

  @Test
  void callerLeavesInMidUpload_originIsNotBlamed() {
    origin.otherwise(exchange -> exchange.ok("never"));
    try (var caller = holdfast.caller()) {
      caller.request("PUT", "/catalog/broken", "Content-Length: 60000").send(HALF);
      origin.awaitBodyBytes(HALF.length());
    }
    Await.until(() -> holdfast.fills("abandoned") == 1, "the fetch given up");
    assertThat(holdfast.fills("failed")).isZero();
  }

  @Test
  void callerLeavesInMidBody_isCountedOnce() {
    origin.on(
        "/left",
        exchange -> {
          exchange.head("200 OK", "Cache-Control: max-age=60", "Content-Length: 60000");
          exchange.send(HALF);
          exchange.await(gate);
          exchange.send(HALF);
        });
    try (var caller = holdfast.caller();
        var stays = holdfast.caller()) {
      caller.get("/catalog/left").readHead();
      caller.readPart(10);
      stays.get("/catalog/left").readHead();
      caller.reset();
      Await.until(
          () -> holdfast.count("holdfast.callers.left", "reason", "disconnect") == 1,
          "caller counted");
      gate.open();
      assertThat(stays.readBody().text()).hasSize(60_000);
    }
    holdfast.awaitNothingLeft();
    assertThat(holdfast.count("holdfast.callers.left")).isEqualTo(1);
  }
}
