package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Purges by callers and operators: what they reach, and what they answer. */
class PurgeTest extends SharedHoldfast {

  private static final String TOKEN = "0123456789abcdef-one";
  private static final String FRESH = "Cache-Control: max-age=60";

  PurgeTest() {
    super("caller-timeout=20s", "holdfast.purge.tokens=" + TOKEN + ",other-token-of-16-characters");
    origin.otherwise(
        exchange ->
            exchange.ok(
                exchange.request().target() + " " + exchange.request().nth(),
                FRESH,
                "Vary: Accept-Language",
                "Surrogate-Key: all " + exchange.request().target().substring(1, 2),
                "Cache-Tag: tag of, commas"));
  }

  @Test
  void target_isInvalidInAllVariants_andCounted() {
    store("/a?x=1", "Accept-Language: de");
    store("/a?x=1", "Accept-Language: en");
    store("/a?x=2");

    var purged = purge("/a?x=1");

    assertThat(purged.status()).isEqualTo(200);
    assertThat(purged.header("Content-Type")).isEqualTo("application/json");
    assertThat(purged.header("Cache-Status")).isEqualTo("holdfast;detail=purged");
    assertThat(purged.text())
        .isEqualTo(
            "{\"origin\":\"catalog\",\"path\":\"/a?x=1\",\"mode\":\"invalidate\",\"hit\":2}");
    isMissed("/a?x=1", "Accept-Language: de");
    isMissed("/a?x=1", "Accept-Language: en");
    isHit("/a?x=2");
    assertThat(purge("/nothing").text()).contains("\"hit\":0");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"origin\":\"catalog\",\"path\":\"/b/1\"}', true, false, false",
    "'{\"origin\":\"catalog\",\"prefix\":\"/b\"}', true, true, false",
    "'{\"origin\":\"catalog\",\"tags\":[\"x\",\"b\"]}', true, true, false",
    "'{\"origin\":\"catalog\",\"tags\":[\"commas\"]}', true, true, true",
    "'{\"origin\":\"catalog\"}', true, true, true",
    "'{\"origin\":\"catalog\",\"tags\":[\"x\"]}', false, false, false"
  })
  void operatorsPurge_reachesWhatItNames(String json, boolean one, boolean two, boolean other) {
    store("/b/1");
    store("/b/2");
    store("/c");

    assertThat(post(json).status()).isEqualTo(200);

    isFound(!one, "/b/1");
    isFound(!two, "/b/2");
    isFound(!other, "/c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | its body is no JSON",
        "[] | no JSON object",
        "null | no JSON object",
        "{} | names no origin",
        "{\"origin\":\"catalog\",\"tag\":[\"a\"]} | it has no field \\\"tag\\\"",
        "{\"origin\":\"catalog\",\"path\":\"/a\",\"path\":\"/b\"} | no JSON",
        "{\"origin\":\"catalog\"} x | JSON",
        "{\"origin\":\"catalog\",\"tags\":\"a\"} | its tags is of another type",
        "{\"origin\":\"catalog\",\"tags\":[]} | its tags are empty",
        "{\"origin\":\"catalog\",\"tags\":[null]} | is no tag",
        "{\"origin\":\"catalog\",\"tags\":[\" \"]} | is no tag",
        "{\"origin\":\"catalog\",\"path\":\"a\"} | does not begin with a slash",
        "{\"origin\":\"catalog\",\"path\":\"/a b\"} | is not as a request line has it",
        "{\"origin\":\"catalog\",\"path\":\"/a#b\"} | has a fragment",
        "{\"origin\":\"catalog\",\"prefix\":\"/a?b\"} | its prefix has a query",
        "{\"origin\":\"catalog\",\"path\":\"/a\",\"prefix\":\"/a\"} | name one",
        "{\"origin\":\"catalog\",\"mode\":\"hard\"} | neither \\\"invalidate\\\" nor",
        "{\"origin\":\"catalog\",\"prefix\":\"/a\",\"refresh\":true} | refresh needs a path"
      })
  void badPurge_isRefusedWithWhatToChange_andLosesNothing(String json, String why) {
    store("/kept");

    var answer = post(json);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("urn:holdfast:problem:bad-purge", why);
    isHit("/kept");
  }

  @Test
  void purgeOfAnUnknownOrigin_is404() {
    var answer = post("{\"origin\":\"catalogue\"}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("urn:holdfast:problem:no-such-origin", "catalogue");
  }

  @Test
  void tags_areTakenOffWhatCallersGet() {
    var missed = holdfast.get("/tagged");
    var hit = holdfast.get("/tagged");

    assertThat(missed.header("Surrogate-Key")).isNull();
    assertThat(missed.header("Cache-Tag")).isNull();
    assertThat(hit.header("Cache-Status")).contains(";hit;");
    assertThat(hit.header("Surrogate-Key")).isNull();
    assertThat(hit.header("Cache-Tag")).isNull();
  }

  private void store(String target, String... headers) {
    holdfast.get(target, headers);
    isHit(target, headers);
  }

  private void isHit(String target, String... headers) {
    assertThat(holdfast.get(target, headers).header("Cache-Status")).contains(";hit;");
  }

  private void isMissed(String target, String... headers) {
    isFound(false, target, headers);
  }

  private void isFound(boolean found, String target, String... headers) {
    var status = String.valueOf(holdfast.get(target, headers).header("Cache-Status"));
    assertThat(status.contains(";hit;")).as(target + ": " + status).isEqualTo(found);
  }

  private Response purge(String target) {
    return RawCaller.once(
        holdfast.port(), "PURGE", "/catalog" + target, "Authorization: Bearer " + TOKEN);
  }

  private Response post(String json) {
    return holdfast.purge(TOKEN, json);
  }
}
