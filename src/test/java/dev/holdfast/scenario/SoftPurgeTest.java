package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a soft purge leaves of use, and what a refresh fetches. */
class SoftPurgeTest extends SharedHoldfast {

  private static final String TOKEN = "a-token-of-the-tests";
  private static final String FRESH = "Cache-Control: max-age=60";
  private static final String OF_USE = FRESH + ", stale-while-revalidate=60, stale-if-error=60";

  SoftPurgeTest() {
    super("caller-timeout=20s", "holdfast.purge.tokens=" + TOKEN);
  }

  @Test
  void responseOfUse_isServedStaleWhileItIsFetchedAnew() {
    origin.on("/of-use", exchange -> exchange.ok("" + exchange.request().nth(), OF_USE));
    holdfast.get("/of-use");

    purge("\"path\":\"/of-use\"");

    var stale = holdfast.get("/of-use");
    assertThat(stale.text()).isEqualTo("1");
    assertThat(stale.header("Cache-Status"))
        .startsWith("holdfast;hit;ttl=")
        .endsWith(";detail=stale-while-revalidate");
    holdfast.awaitNothingLeft();
    assertThat(origin.requests("/of-use")).isEqualTo(2);
    assertThat(holdfast.get("/of-use").text()).isEqualTo("2");
    assertThat(holdfast.get("/of-use").header("Cache-Status")).contains(";hit;ttl=5");
  }

  @Test
  void responseThatCanBeValidated_isAskedAbout() {
    origin.on(
        "/validated",
        exchange -> {
          if (exchange.request().header("If-None-Match") == null) {
            exchange.ok("one", FRESH, "ETag: \"1\"");
          } else {
            exchange.answer("304 Not Modified", "", FRESH, "ETag: \"1\"");
          }
        });
    holdfast.get("/validated");

    purge("\"tags\":[\"x\"]");
    purge("\"prefix\":\"/validated\"");

    var validated = holdfast.get("/validated");
    assertThat(validated.text()).isEqualTo("one");
    assertThat(validated.header("Cache-Status")).contains("fwd=stale", "fwd-status=304");
    assertThat(holdfast.get("/validated").header("Cache-Status")).contains(";hit;ttl=5");
    assertThat(origin.requests("/validated")).isEqualTo(2);
  }

  @Test
  void originFails_responseOfUseStandsIn() {
    origin.on(
        "/failing",
        exchange -> {
          if (exchange.request().nth() == 1) {
            exchange.ok("one", FRESH + ", stale-if-error=60", "Cache-Tag: failing");
          } else {
            exchange.answer("503 Service Unavailable", "no");
          }
        });
    holdfast.get("/failing");

    purge("\"tags\":[\"failing\"]");

    var stale = holdfast.get("/failing");
    assertThat(stale.text()).isEqualTo("one");
    assertThat(stale.header("Cache-Status")).contains("detail=stale-if-error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate, ", "proxy-revalidate, ", "s-maxage=60, ", "no-cache, "})
  void responseThatMayNotBeStale_isFetchedAnew(String directive) {
    var target = "/strict/" + directive.charAt(0);
    origin.on(
        target,
        exchange ->
            exchange.ok(
                "" + exchange.request().nth(),
                OF_USE.replace("max-age", directive + "max-age"),
                "ETag: \"" + exchange.request().nth() + "\""));
    holdfast.get(target);

    purge("\"path\":\"" + target + "\"");

    assertThat(holdfast.get(target).text()).isEqualTo("2");
  }

  @Test
  void madeStaleInMidFlight_isNotJoined_andIsStaleInTheStore() {
    var gate = new Gate();
    origin.on(
        "/flying",
        exchange -> {
          if (exchange.request().nth() == 1) {
            exchange.head("200 OK", OF_USE, "Content-Length: 6");
            exchange.send("old");
            exchange.await(gate);
            exchange.send("old");
          } else {
            exchange.ok("new", OF_USE, "Vary: Accept-Language");
          }
        });
    try (var before = holdfast.caller()) {
      before.get("/catalog/flying").readHead();

      purge("");

      var after = holdfast.get("/flying", "Accept-Language: de");
      assertThat(after.text()).isEqualTo("new");
      assertThat(after.header("Cache-Status")).doesNotContain("collapsed");
      gate.open();
      assertThat(before.readBody().text()).isEqualTo("oldold");
    }
    holdfast.awaitNothingLeft();
    assertThat(holdfast.get("/flying", "Accept-Language: de").text()).isEqualTo("new");
    assertThat(origin.requests("/flying")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalidate", "soft"})
  void refresh_fetchesEachVariantThatWasStored(String mode) {
    var target = "/refreshed/" + mode;
    origin.on(
        target,
        exchange ->
            exchange.ok(
                exchange.request().header("Accept-Language") + exchange.request().nth(),
                FRESH,
                "Vary: Accept-Language, Cookie",
                "ETag: \"" + exchange.request().nth() + "\""));
    holdfast.get(target, "Accept-Language: de");
    holdfast.get(target, "Accept-Language: en");

    var answer =
        holdfast.purge(
            TOKEN,
            "{\"origin\":\"catalog\",\"path\":\"%s\",\"mode\":\"%s\",\"refresh\":true}"
                .formatted(target, mode));

    assertThat(answer.text()).contains("\"hit\":2");
    holdfast.awaitNothingLeft();
    assertThat(origin.requests(target)).isEqualTo(4);
    for (var language : new String[] {"de", "en"}) {
      var hit = holdfast.get(target, "Accept-Language: " + language);
      assertThat(hit.text()).matches(language + "[34]");
      assertThat(hit.header("Cache-Status")).contains(";hit;");
    }
    assertThat(origin.requests(target)).isEqualTo(4);
  }

  @Test
  void refreshOfWhatIsNotStored_fetchesIt() {
    origin.on("/first", exchange -> exchange.ok("one", FRESH));

    var purged =
        holdfast.purge(TOKEN, "{\"origin\":\"catalog\",\"path\":\"/first\",\"refresh\":true}");

    assertThat(purged.text()).contains("\"hit\":0");
    holdfast.awaitNothingLeft();
    assertThat(holdfast.get("/first").header("Cache-Status")).contains(";hit;");
    assertThat(origin.requests("/first")).isEqualTo(1);
  }

  private void purge(String scope) {
    var json =
        "{\"origin\":\"catalog\",%s\"mode\":\"soft\"}"
            .formatted(scope.isEmpty() ? "" : scope + ",");
    assertThat(holdfast.purge(TOKEN, json).status()).isEqualTo(200);
  }
}
