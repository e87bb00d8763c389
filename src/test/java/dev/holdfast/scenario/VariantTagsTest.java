package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Callers ask in many ways for what the origin has in few: only its choice travels. */
class VariantTagsTest {

  @Test
  void originNamesAStoredVariant_callerHasItsBodyWithoutAnotherTransfer() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s")) {
      origin.on("/item", VariantTagsTest::inEnglishOrGerman);
      assertThat(in(holdfast, "de").text()).isEqualTo("hallo");
      assertThat(in(holdfast, "en").text()).isEqualTo("hello");

      var austrian = in(holdfast, "de-AT");

      var sent = origin.requests().get(2);
      assertThat(sent.header("If-None-Match")).isEqualTo("\"en\", \"de\"");
      assertThat(austrian.status()).isEqualTo(200);
      assertThat(austrian.text()).isEqualTo("hallo");
      assertThat(austrian.header("ETag")).isEqualTo("\"de\"");
      assertThat(austrian.header("Cache-Status")).endsWith(";fwd=vary-miss;fwd-status=304");
      assertThat(in(holdfast, "de-AT").header("Cache-Status")).contains(";hit;");
      assertThat(in(holdfast, "en").text()).isEqualTo("hello");
      assertThat(origin.requests("/item")).isEqualTo(3);
      holdfast.awaitNothingLeft();
    }
  }

  private static Response in(Holdfast holdfast, String language) {
    return holdfast.get("/item", "Accept-Language: " + language);
  }

  private static void inEnglishOrGerman(Exchange exchange) throws Exception {
    boolean german =
        Objects.requireNonNull(exchange.request().header("Accept-Language")).startsWith("de");
    String tag = german ? "\"de\"" : "\"en\"";
    String known = exchange.request().header("If-None-Match");
    String[] fields = {"Cache-Control: max-age=60", "Vary: Accept-Language", "ETag: " + tag};
    if (known != null && known.contains(tag)) {
      exchange.answer("304 Not Modified", "", fields);
    } else {
      exchange.ok(german ? "hallo" : "hello", fields);
    }
  }
}
