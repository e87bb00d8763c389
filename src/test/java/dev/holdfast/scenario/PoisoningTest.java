package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One caller's request makes nothing of what the next one gets; all is stored that may be. */
class PoisoningTest extends SharedHoldfast {

  PoisoningTest() {
    super("caller-timeout=20s", "default-ttl=1h");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, Content-Length: 5, hello",
    "GET, Transfer-Encoding: chunked, '5\r\nhello\r\n0\r\n\r\n'",
    "HEAD, Content-Length: 5, hello",
  })
  void bodyOfAGet_isNotForwarded(String method, String framing, String body) {
    String target = "/fat?" + method + framing.length();
    origin.on(target, exchange -> exchange.ok("got " + exchange.request().body().text()));

    try (var caller = holdfast.caller()) {
      caller.request(method, "/catalog" + target, framing, "Content-Type: a/b").send(body);
      assertThat(caller.readResponse().status()).isEqualTo(200);
      assertThat(caller.exchange("GET", "/catalog" + target).text()).isEqualTo("got ");
    }

    assertThat(origin.requests())
        .filteredOn(request -> request.target().equals(target))
        .allSatisfy(
            request -> {
              assertThat(request.body().bytes()).isEmpty();
              assertThat(request.header("Content-Length")).isNull();
              assertThat(request.header("Transfer-Encoding")).isNull();
            });
    assertThat(RawCaller.once(holdfast.port(), "GET", "/catalog" + target).text())
        .isEqualTo("got ");
  }

  @ParameterizedTest
  @CsvSource({"POST", "DELETE", "QUERY"})
  void bodyOfAnotherMethod_isForwarded(String method) {
    origin.on("/any", exchange -> exchange.ok("got " + exchange.request().body().text()));

    try (var caller = holdfast.caller()) {
      caller.request(method, "/catalog/any", "Content-Length: 5").send("hello");
      assertThat(caller.readResponse().text()).isEqualTo("got hello");
    }
  }

  /** What looks like a static file, to whom it does, is stored as its response says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/me.css",
        "/me/x.css",
        "/me;x.css",
        "/me;/x.js",
        "/me%2fx.css",
        "/me%3bx.css",
        "/me%3fx.css",
        "/me%23x.css",
        "/me%00x.css",
        "/me%0ax.css",
        "/me?x.css",
        "/me?/x.png",
        "/me/..%2fx.css",
        "/static/..%2fme",
        "/static/../me",
        "/me//x.ico",
        "/me/.css",
        "/me$x.css",
        "/me!x.css",
        "/me,x.css",
        "/me~x.css",
        "/me%09.css",
        "/me%5cx.css",
        "/ME.CSS",
        "/robots.txt",
        "/favicon.ico",
        "/index.html",
        "/.well-known/me",
      })
  void staticLookingPath_isStoredOnlyIfItsResponseMayBe(String target) {
    for (var personal :
        new String[] {"Cache-Control: private", "Cache-Control: no-store", "Set-Cookie: a=b"}) {
      origin.on(
          target, exchange -> exchange.ok("of " + exchange.request().header("X-Me"), personal));
      assertThat(holdfast.get(target, "X-Me: victim").text()).isEqualTo("of victim");
      assertThat(holdfast.get(target, "X-Me: other").text()).isEqualTo("of other");
    }
    origin.on(target, exchange -> exchange.ok("for all", "Cache-Control: public, max-age=60"));
    holdfast.get(target, "Cache-Control: no-cache");
    assertThat(holdfast.get(target).header("Cache-Status")).contains(";hit;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"400 Bad", "413 Too Large", "431 Too Large"})
  void errorThatIsARequestsOwn_isNeverStored(String status) {
    String target = "/denied" + status.substring(0, 3);
    answers(target, status, "Cache-Control: public, max-age=60, s-maxage=60");

    assertThat(holdfast.get(target, "X-Poison: 1").head().statusLine()).endsWith(status);
    assertThat(holdfast.get(target).text()).isEqualTo("well");
    assertThat(holdfast.get(target).header("Cache-Status")).contains(";hit;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"405 No", "414 Too Long", "501 No"})
  void errorThatMayBeOfTheResource_isStoredIfItSaysSo(String status) {
    String target = "/maybe" + status.substring(0, 3);
    answers(target, status);

    assertThat(holdfast.get(target, "X-Poison: 1").head().statusLine()).endsWith(status);
    assertThat(holdfast.get(target).text()).as("by default-ttl it is not").isEqualTo("well");

    answers(target + "?said", status, "Cache-Control: max-age=60");
    holdfast.get(target + "?said", "X-Poison: 1");
    assertThat(holdfast.get(target + "?said").head().statusLine()).endsWith(status);
  }

  /** Answers who asks for it with that status, and others well. */
  private void answers(String target, String status, String... fields) {
    origin.on(
        target,
        exchange -> {
          if (exchange.request().header("X-Poison") == null) {
            exchange.ok("well");
          } else {
            exchange.answer(status, "ill", fields);
          }
        });
  }
}
