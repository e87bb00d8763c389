package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawCallerTest {

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Length: 5\r\n\r\nhello",
        CHUNKED + "2\r\nhe\r\n3;ext\r\nllo\r\n0\r\n\r\n",
        OK + "\r\nhello",
        "HTTP/1.0 200\r\n\r\nhello"
      })
  void promisedEndReached_bodyIsWhole(String raw) {
    var body = answer(x -> closeAfter(x, raw)).body();
    assertThat(body.text()).isEqualTo("hello");
    assertThat(body.whole()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Length: 6\r\n\r\nhello",
        CHUNKED + "5\r\nhello\r\n",
        CHUNKED + "6\r\nhello",
        CHUNKED + "5\r\nhello\r\n0\r\n",
      })
  void closedBeforeThePromisedEnd_bodyIsNotWhole(String raw) {
    var body = answer(x -> closeAfter(x, raw)).body();
    assertThat(body.text()).isEqualTo("hello");
    assertThat(body.whole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Length: 6\r\n\r\nhello",
        CHUNKED + "5\r\nhello\r\n",
        OK + "\r\nhello"
      })
  void resetInMidBody_bodyIsNotWhole(String raw) {
    var read = new Gate();
    try (var origin = new ScriptedOrigin();
        var caller = RawCaller.connect(origin.port())) {
      origin.on(
          "/",
          x -> {
            x.send(raw);
            x.await(read);
            x.reset();
          });
      caller.get("/").readHead();
      assertThat(caller.readPart(5)).isEqualTo("hello");
      read.open();
      assertThat(caller.readBody().whole()).isFalse();
      assertThat(origin.abortedByPeer()).isZero();
    }
  }

  @Test
  void interimHeads_areKeptApart() {
    var response =
        answer(
            x -> {
              x.head("103 Early Hints", "Link: </a>", "Link: </b>");
              x.ok("x");
            });
    assertThat(response.interim())
        .singleElement()
        .satisfies(h -> assertThat(h.headers("link")).containsExactly("</a>", "</b>"));
    assertThat(response.head().statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void trailers_areRead() {
    var response =
        answer(
            x -> {
              x.chunkedHead("Trailer: Sum");
              x.lastChunk("Sum: 1");
            });
    assertThat(response.body().trailers().values("sum")).containsExactly("1");
  }

  @Test
  void headAnswer_hasNoBodyAndLeavesTheConnectionUsable() {
    try (var origin = new ScriptedOrigin();
        var caller = RawCaller.connect(origin.port())) {
      origin.on("/", x -> x.ok("content"));
      assertThat(caller.exchange("HEAD", "/").header("Content-Length")).isEqualTo("7");
      assertThat(caller.exchange("GET", "/").text()).isEqualTo("content");
    }
  }

  @Test
  void closedInsteadOfAnswered_readingTheHeadThrows() {
    assertThatThrownBy(() -> answer(Exchange::closeOrderly))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void garbledAnswer_isAnAssertionError() {
    assertThatThrownBy(() -> answer(x -> x.send("HTTP/1.1 two hundred\r\n\r\n")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("two hundred");
  }

  @Test
  void conditionThatComesTrue_isAwaited() {
    var looks = new AtomicInteger();
    Await.until(() -> looks.incrementAndGet() == 3, "the third look");
    assertThat(looks).hasValue(3);
  }

  @Test
  void conditionThatStaysFalse_failsNamingIt() {
    assertThatThrownBy(() -> Await.until(() -> false, "pigs fly", Duration.ZERO))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("pigs fly");
  }

  private static void closeAfter(Exchange exchange, String raw) {
    exchange.send(raw);
    exchange.closeOrderly();
  }

  private static Response answer(Script script) {
    try (var origin = new ScriptedOrigin().on("/", script)) {
      return RawCaller.once(origin.port(), "GET", "/");
    }
  }
}
