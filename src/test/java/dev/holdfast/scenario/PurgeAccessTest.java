package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may purge, at either port, and what the log says of it. */
class PurgeAccessTest {

  private static final String TOKEN = "the-first-token-of-two";
  private static final String OTHER = "the-second-token-of-two";
  private static final String TOKENS = "holdfast.purge.tokens=" + TOKEN + "," + OTHER;
  private static final String BEARER = "Authorization: Bearer ";
  private static final String ORIGIN = "{\"origin\":\"catalog\"}";

  private final ScriptedOrigin origin = new ScriptedOrigin();

  PurgeAccessTest() {
    origin.otherwise(exchange -> exchange.ok("ok", "Cache-Control: max-age=60"));
  }

  @Test
  void anyTokenOfTheList_mayPurge_andTheLogSaysWhichByItsHash() {
    try (var holdfast = start(TOKENS);
        var log = LogLines.of("dev.holdfast.purge")) {
      holdfast.get("/a?secret=1");

      assertThat(purge(holdfast, "/a?secret=1", BEARER + TOKEN).status()).isEqualTo(200);
      assertThat(purge(holdfast, "/a", "authorization: bearer  " + OTHER).status()).isEqualTo(200);
      assertThat(holdfast.purge(OTHER, "{\"origin\":\"catalog\",\"tags\":[\"x y\"]}").status())
          .isEqualTo(200);

      assertThat(log.lines())
          .containsExactly( // the hashes are those of sha256sum
              "event=purge token=d7393426 origin=catalog path=/a mode=invalidate hit=1",
              "event=purge token=fad3f2bc origin=catalog path=/a mode=invalidate hit=0",
              "event=purge token=fad3f2bc origin=catalog tags=[x y] mode=invalidate");
      assertThat(origin.requestsTotal()).as("a purge is not forwarded").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: none",
        "Authorization: Bearer the-first-token-of-tw",
        "Authorization: Bearer the-first-token-of-twoo",
        "Authorization: Bearer the-first-token-of-two,the-second-token-of-two",
        "Authorization: Bearer",
        "Authorization: Basic the-first-token-of-two",
        "Authorization: the-first-token-of-two",
        "Authorization: Bearer the-first-token-of-two\r\nAuthorization: Bearer other",
        "Cookie: token=the-first-token-of-two"
      })
  void noTokenOrAWrongOne_is401AtBothPorts_andNothingIsLost(String header) {
    try (var holdfast = start(TOKENS);
        var log = LogLines.of("dev.holdfast.purge")) {
      holdfast.get("/a");

      var answer = purge(holdfast, "/a", header);
      var operators = post(holdfast, ORIGIN, header);

      boolean tried = header.startsWith("Authorization");
      for (var refused : new Response[] {answer, operators}) {
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.header("WWW-Authenticate"))
            .isEqualTo("Bearer realm=\"purge\"" + (tried ? ", error=\"invalid_token\"" : ""));
        assertThat(refused.text()).contains("urn:holdfast:problem:unauthorized");
      }
      assertThat(log.lines())
          .hasSize(2)
          .allMatch(
              line ->
                  line.startsWith("event=purge-denied from=127.0.0.1 reason=")
                      && line.endsWith(tried ? "wrong-token" : "no-token"));
      assertThat(holdfast.get("/a").header("Cache-Status")).contains(";hit;");
      assertThat(origin.requestsTotal()).isEqualTo(1);
    }
  }

  @Test
  void withoutTokens_purgingIsOff() {
    try (var holdfast = start()) {
      holdfast.get("/a");
      for (String header : new String[] {"X: none", BEARER + TOKEN, BEARER}) {
        var answer = purge(holdfast, "/a", header);
        var operators = post(holdfast, ORIGIN, header);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("urn:holdfast:problem:purging-off", "purge.tokens");
        assertThat(operators.status()).isEqualTo(403);
      }
      assertThat(holdfast.get("/a").header("Cache-Status")).contains(";hit;");
      assertThat(origin.requestsTotal()).isEqualTo(1);
    }
  }

  @Test
  void tooManyWrongTokens_noneIsLookedAt_andTheLogSaysSoOnce() {
    try (var holdfast = start(TOKENS);
        var log = LogLines.of("dev.holdfast.purge")) {
      for (int i = 0; i < 10; i++) {
        assertThat(purge(holdfast, "/a", BEARER + "wrong-" + i).status()).isEqualTo(401);
      }
      for (String token : new String[] {"wrong", TOKEN}) {
        var answer = purge(holdfast, "/a", BEARER + token);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("60");
        assertThat(answer.text()).contains("urn:holdfast:problem:too-many-attempts");
        assertThat(post(holdfast, ORIGIN, BEARER + token).status()).isEqualTo(429);
      }
      assertThat(log.lines()).hasSize(11).contains("event=purge-blocked from=127.0.0.1 seconds=60");
      assertThat(String.join("\n", log.lines())).doesNotContain("wrong-1");
    }
  }

  private Holdfast start(String... settings) {
    return Holdfast.inFrontOf(origin, settings);
  }

  private static Response purge(Holdfast holdfast, String target, String header) {
    return RawCaller.once(holdfast.port(), "PURGE", "/catalog" + target, header);
  }

  private static Response post(Holdfast holdfast, String json, String header) {
    try (var operator = RawCaller.connect(holdfast.managementPort())) {
      operator.request("POST", "/actuator/purge", header, "Content-Length: " + json.length());
      return operator.send(json).readResponse();
    }
  }
}
