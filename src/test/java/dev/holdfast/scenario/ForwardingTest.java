package dev.holdfast.scenario;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the origin, and what of its answer reaches the caller: everything but the hops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardingTest {

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private Holdfast holdfast;

  @BeforeAll
  void start() {
    holdfast =
        Holdfast.inFrontOf(
            origin,
            "caller-timeout=20s",
            "default-request-headers.X-Api-Key=s3cret",
            "holdfast.origins.whole.base-url=" + origin.baseUrl() + "/base",
            "holdfast.origins.whole.path-prefix=/catalog/whole",
            "holdfast.origins.whole.strip-prefix=false");
    origin.otherwise(exchange -> exchange.ok("ok"));
  }

  @AfterAll
  void stop() {
    holdfast.close();
    origin.close();
  }

  @Test
  void get_carriesTheCallersFieldsAndNothingOfTheClientLibrary() {
    holdfast.get(
        "/fields",
        "X-One: 1",
        "x-one: 2",
        "X-Text: gr\u00fc\u00df",
        "Connection: X-Hop",
        "X-Hop: no");

    Request request = seen("/fields");
    assertThat(names(request))
        .containsExactly(
            "Host", "X-One", "x-one", "X-Text", "Via", "X-Forwarded-Prefix", "X-Api-Key");
    assertThat(request.header("Host")).isEqualTo("127.0.0.1:" + origin.port());
    assertThat(request.header("X-Text")).isEqualTo("gr\u00fc\u00df");
    assertThat(request.header("Via")).isEqualTo("1.1 holdfast");
    assertThat(request.header("X-Forwarded-Prefix")).isEqualTo("/catalog");
    assertThat(request.header("X-Api-Key")).isEqualTo("s3cret");
  }

  @Test
  void overrideFields_areNotForwarded() {
    holdfast.get("/override", "X-Forwarded-Host: evil", "X-Original-URL: /x", "X-Ok: yes");

    assertThat(seen("/override").header("X-Forwarded-Host")).isNull();
    assertThat(seen("/override").header("X-Original-URL")).isNull();
    assertThat(seen("/override").header("X-Ok")).isEqualTo("yes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a%2Fb;c=d//e/../f", "/a?x=1&x=%20&y", "/A?", "//double", "/%00", "/a:b@c"})
  void target_isForwardedByteForByte(String target) {
    assertThat(holdfast.get(target).status()).isEqualTo(200);

    assertThat(origin.requests(target)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/../a", "/%2e%2E/a", "/a/../../b", "/whole/../../../b", "/a/./../.."})
  void pathThatClimbsOut_isRefused(String target) {
    int before = origin.requestsTotal();

    var answer = holdfast.get(target);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("urn:holdfast:problem:bad-request");
    assertThat(origin.requestsTotal()).isEqualTo(before);
  }

  @Test
  void prefixKept_basePathGoesBeforeTheWholePath() {
    holdfast.get("/whole/x?y");

    assertThat(origin.requests("/base/catalog/whole/x?y")).isEqualTo(1);
    assertThat(seen("/base/catalog/whole/x?y").header("X-Forwarded-Prefix")).isNull();
  }

  @Test
  void prefixAlone_isTheOriginsRoot() {
    assertThat(RawCaller.once(holdfast.port(), "GET", "/catalog?root").status()).isEqualTo(200);

    assertThat(origin.requests("/?root")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "QUERY"})
  void body_isForwardedWithAnyMethod(String method) {
    String target = "/body-" + method;
    try (var caller = holdfast.caller()) {
      caller.request(method, "/catalog" + target, "Content-Length: 5").send("hello");
      assertThat(caller.readResponse().status()).isEqualTo(200);
      caller.request(method, "/catalog" + target, "Transfer-Encoding: chunked");
      caller.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
      assertThat(caller.readResponse().header("Cache-Status")).contains("fwd=method");
    }
    assertThat(bodies(target)).containsExactly("hello", "abcde");
  }

  @Test
  void preflight_isTheOriginsToAnswer() {
    origin.on("/cors", x -> x.answer("204 No Content", "", "Access-Control-Allow-Origin: *"));

    var answer =
        RawCaller.once(
            holdfast.port(),
            "OPTIONS",
            "/catalog/cors",
            "Origin: http://example.org",
            "Access-Control-Request-Method: PUT");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void getWithABody_isForwardedWithoutIt() {
    try (var caller = holdfast.caller()) {
      caller.get("/catalog/get-body", "Content-Length: 5").send("hello");
      assertThat(caller.readResponse().status()).isEqualTo(200);
    }
    assertThat(bodies("/get-body")).containsExactly("");
    assertThat(seen("/get-body").header("Content-Length")).isNull();
  }

  @Test
  void answer_isPassedOnAsSent() {
    origin.on(
        "/answer",
        exchange -> {
          exchange.head(
              "299 Just So",
              "X-B: 2",
              "X-A: gr\u00fc\u00df",
              "x-b: 1",
              "Cache-Status: Inner; hit",
              "Date: Mon, 23 Nov 2026 12:00:00 GMT",
              "Via: 1.1 inner",
              "Connection: X-Gone",
              "X-Gone: 1",
              "Content-Length: 2");
          exchange.send("ok");
        });

    try (var caller = holdfast.caller()) {
      var head = caller.get("/catalog/answer").readHead();
      assertThat(head.statusLine()).isEqualTo("HTTP/1.1 299 Just So");
      assertThat(head.headers().all())
          .extracting(Header::toString)
          .containsExactly(
              "X-B: 2",
              "X-A: gr\u00fc\u00df",
              "x-b: 1",
              "Cache-Status: Inner; hit",
              "Date: Mon, 23 Nov 2026 12:00:00 GMT",
              "Via: 1.1 inner",
              "Content-Length: 2",
              "Via: 1.1 holdfast",
              "Cache-Status: holdfast;fwd=uri-miss;fwd-status=299;detail=no-freshness");
      assertThat(caller.readBody().text()).isEqualTo("ok");
    }
  }

  @Test
  void storedAnswer_hasAllItsFieldsButAnAgeOfItsOwn() {
    origin.on(
        "/stored",
        exchange -> {
          exchange.head(
              "200 OK",
              "X-Unknown: 1",
              "x-unknown: 2",
              "Cache-Control: max-age=60, x-unknown",
              "Age: 5",
              "Age: 7",
              "Content-Length: 2");
          exchange.send("ok");
        });
    var fetched = holdfast.get("/stored");

    var hit = holdfast.get("/stored");

    assertThat(hit.header("Cache-Status")).contains(";hit;");
    assertThat(valuesButOfAge(hit)).isEqualTo(valuesButOfAge(fetched));
    assertThat(hit.head().headers().all())
        .extracting(Header::toString)
        .contains("X-Unknown: 1", "x-unknown: 2", "Cache-Control: max-age=60, x-unknown");
    assertThat(hit.header("Date")).isNotNull();
    assertThat(hit.head().headers().all())
        .filteredOn(field -> field.name().equalsIgnoreCase("Age"))
        .singleElement()
        .satisfies(age -> assertThat(Long.parseLong(age.value())).isBetween(5L, 50L));
  }

  private static List<String> valuesButOfAge(Response answer) {
    return answer.head().headers().all().stream()
        .filter(field -> !Set.of("age", "cache-status").contains(field.name().toLowerCase(ROOT)))
        .map(Header::toString)
        .toList();
  }

  @Test
  void head_isForwardedAndAnsweredFromAStoredGet() {
    origin.on("/head", exchange -> exchange.ok("hello", "Cache-Control: max-age=60"));
    var passed = RawCaller.once(holdfast.port(), "HEAD", "/catalog/head");
    assertThat(passed.header("Content-Length")).isEqualTo("5");
    assertThat(seen("/head").method()).isEqualTo("HEAD");
    holdfast.get("/head");

    var served = RawCaller.once(holdfast.port(), "HEAD", "/catalog/head");

    assertThat(served.header("Cache-Status")).contains(";hit;");
    assertThat(served.header("Content-Length")).isEqualTo("5");
    assertThat(origin.requests("/head")).isEqualTo(2);
  }

  private Request seen(String target) {
    return origin.requests().stream()
        .filter(request -> request.target().equals(target))
        .findFirst()
        .orElseThrow();
  }

  private List<String> bodies(String target) {
    return origin.requests().stream()
        .filter(request -> request.target().equals(target))
        .map(request -> request.body().text())
        .toList();
  }

  private static List<String> names(Request request) {
    return request.headers().all().stream().map(Header::name).toList();
  }
}
