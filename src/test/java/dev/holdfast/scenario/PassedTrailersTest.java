package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 9110 §6.5: trailer fields that are announced go to who fetched them, and to nobody else. */
class PassedTrailersTest extends SharedHoldfast {

  PassedTrailersTest() {
    super("caller-timeout=20s");
  }

  private static Script fresh(String announced, String... trailers) {
    return exchange -> {
      exchange.chunkedHead("Cache-Control: max-age=60", announced);
      exchange.chunk("hello");
      exchange.lastChunk(trailers);
    };
  }

  @Test
  void announced_areForwarded_andTheConnectionGoesOn() {
    origin.on("/some", fresh("Trailer: X-Sum, Content-Digest", "x-sum: 1", "Content-Digest: 2"));

    try (var caller = holdfast.caller()) {
      for (var target : new String[] {"/catalog/some?1", "/catalog/some?2"}) {
        var answer = caller.exchange("GET", target);
        assertThat(answer.header("Trailer")).isEqualTo("X-Sum, Content-Digest");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.body().trailers().all())
            .extracting(Header::toString)
            .containsExactly("x-sum: 1", "Content-Digest: 2");
        assertThat(answer.header("X-Sum")).isNull();
      }
    }
  }

  @Test
  void hit_hasNeitherTrailersNorTheirAnnouncement() {
    origin.on("/hit", fresh("Trailer: X-Sum", "X-Sum: 1"));
    assertThat(holdfast.get("/hit").body().trailers().all()).hasSize(1);

    var hit = holdfast.get("/hit");

    assertThat(hit.header("Cache-Status")).contains(";hit;");
    assertThat(hit.header("Trailer")).isNull();
    assertThat(hit.header("X-Sum")).isNull();
    assertThat(hit.body().trailers().all()).isEmpty();
  }

  @Test
  void notAnnouncedOrForbidden_areDropped_andCombinedWithNothing() {
    origin.on(
        "/others",
        fresh(
            "Trailer: X-Sum, Cache-Control, Set-Cookie",
            "X-Late: 1",
            "Cache-Control: no-store",
            "Set-Cookie: a=b",
            "X-Sum: 1"));

    var answer = holdfast.get("/others");

    assertThat(answer.header("Trailer")).isEqualTo("X-Sum");
    assertThat(answer.body().trailers().all())
        .extracting(Header::toString)
        .containsExactly("X-Sum: 1");
    assertThat(answer.header("Cache-Control")).isEqualTo("max-age=60");
    assertThat(answer.header("X-Late")).isNull();
    assertThat(holdfast.get("/others").header("Cache-Status")).contains(";hit;");
  }

  @Test
  void announcedAndNotSent_bodyEndsAsEver() {
    origin.on("/none", fresh("Trailer: X-Sum"));

    var answer = holdfast.get("/none");

    assertThat(answer.whole()).isTrue();
    assertThat(answer.body().trailers().all()).isEmpty();
  }

  @Test
  void joined_getTheBodyWithoutThem() {
    var gate = new Gate();
    origin.on(
        "/joined",
        exchange -> {
          exchange.await(gate);
          fresh("Trailer: X-Sum", "X-Sum: 1").play(exchange);
        });
    try (var starter = holdfast.caller();
        var joined = holdfast.caller()) {
      starter.get("/catalog/joined");
      origin.awaitRequests("/joined", 1);
      joined.get("/catalog/joined");
      Await.until(() -> holdfast.attached() == 2, "both attached");
      gate.open();

      assertThat(starter.readResponse().body().trailers().all()).hasSize(1);
      var answer = joined.readResponse();
      assertThat(answer.text()).isEqualTo("hello");
      assertThat(answer.header("Trailer")).isNull();
      assertThat(answer.body().trailers().all()).isEmpty();
    }
  }

  @Test
  void ofARequest_areDropped() {
    origin.on("/request", exchange -> exchange.ok("ok"));
    try (var caller = holdfast.caller()) {
      caller.request("POST", "/catalog/request", "Transfer-Encoding: chunked", "Trailer: X-Sum");
      assertThat(caller.send("2\r\nhi\r\n0\r\nX-Sum: 1\r\n\r\n").readResponse().text())
          .isEqualTo("ok");
    }
    var received = origin.requests().get(origin.requestsTotal() - 1);
    assertThat(received.body().text()).isEqualTo("hi");
    assertThat(received.header("Trailer")).isNull();
    assertThat(received.header("X-Sum")).isNull();
    assertThat(received.body().trailers().all()).isEmpty();
  }
}
