package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9113 §8.1.1, §8.2: malformed requests over HTTP/2, where that is spoken in clear text. */
class HostileOverHttp2Test extends SharedHoldfast {

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  HostileOverHttp2Test() {
    super("caller-timeout=20s", "server.http2.enabled=true");
    origin.otherwise(
        exchange -> exchange.ok(exchange.request().target() + exchange.request().body().text()));
  }

  @AfterAll
  void stopCallers() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @ParameterizedTest
  @CsvSource({
    "connection, close",
    "connection, x-own",
    "keep-alive, timeout=5",
    "proxy-connection, keep-alive",
    "transfer-encoding, chunked",
    "upgrade, h2c",
    "te, gzip",
    "te, 'trailers, gzip'",
    "X-Upper, case",
    "'x y', blank",
    "'x:y', colon",
    "'', empty",
    "x, 'a\r\nb: c'",
    "x, 'a\nb'",
    "x, 'a\0b'",
    ":status, 200",
    ":unknown, x",
    ":method, POST",
    ":path, /catalog/y",
    "content-length, 1",
    "content-length, 6",
    "content-length, -5",
    "content-length, '5, 6'",
  })
  void hostileField_reachesNobody(String name, String value) {
    isRefused(head().add(name, value.translateEscapes()), "hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "catalog/x",
        "*",
        "/catalog/x y",
        "/catalog/x\r\nA: b",
        "/catalog/x\0",
        "/catalog/x#y",
        "/catalog/../../x",
        "/catalog/x|y",
        "http://elsewhere/catalog/x",
      })
  void hostilePath_reachesNobody(String path) {
    isRefused(head().path(path.translateEscapes()), "hello");
  }

  /**
   * Heads that are all of their request; of some Netty would lose a buffer, which fails the test.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"no method", "no path", "nothing", "/catalog/x y", "/catalog/\r\nA: b", "", "\0"})
  void headThatIsNone_hasItsStreamReset(String path) {
    var head = head();
    switch (path) {
      case "no method" -> head.remove(":method");
      case "no path" -> head.remove(":path");
      case "nothing" -> head.clear().add("x", "y");
      default -> head.path(path);
    }
    isRefused(head, "");
  }

  @ParameterizedTest
  @CsvSource({"te, trailers", "content-length, 5", "x-lower, case", "cookie, a=b"})
  void honestField_isTaken(String name, String value) {
    try (var caller = Http2Caller.connect(loops, holdfast.port())) {
      assertThat(caller.send(head().add(name, value), "hello").response().text())
          .isEqualTo("/xhello");
    }
  }

  /** RFC 9113 §3.1: HTTP/1.1 stays what it is, in whatever way it is asked to change. */
  @Test
  void upgrade_isNone() {
    try (var caller = holdfast.caller()) {
      for (int i = 0; i < 2; i++) {
        var answer =
            caller.exchange(
                "GET",
                "/catalog/x",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__");
        assertThat(answer.text()).isEqualTo("/x");
      }
    }
  }

  /** HTTP/1.1 is held to its lines here as well. */
  @Test
  void hostileLine_isRefused() {
    int seen = origin.requestsTotal();
    try (var caller = holdfast.caller()) {
      caller.send("GET /catalog/x HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n");
      assertThat(caller.readResponse().text()).contains("urn:holdfast:problem:bad-request");
      assertThat(caller.readToClose().bytes()).isEmpty();
    }
    assertThat(origin.requestsTotal()).isEqualTo(seen);
  }

  private void isRefused(Http2Headers head, String content) {
    int seen = origin.requestsTotal();
    try (var caller = Http2Caller.connect(loops, holdfast.port())) {
      caller.send(head, content).awaitOver();
    }
    holdfast.awaitNothingLeft();
    assertThat(origin.requestsTotal()).isEqualTo(seen);
    try (var caller = Http2Caller.connect(loops, holdfast.port())) {
      assertThat(caller.exchange("GET", "/catalog/next", "").text()).isEqualTo("/next");
    }
  }

  /** One that nobody checks, of a request that is honest so far. */
  private static Http2Headers head() {
    return new DefaultHttp2Headers(false)
        .method("PUT")
        .scheme("http")
        .authority("h")
        .path("/catalog/x");
  }
}
