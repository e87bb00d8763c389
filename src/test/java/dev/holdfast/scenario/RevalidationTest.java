package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A stale response is asked about, and its body does not travel again. */
class RevalidationTest {

  @Test
  void originSaysNotModified_callerHasTheStoredBody() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, "caller-timeout=20s")) {
      origin.on(
          "/item",
          exchange -> {
            if (exchange.request().header("If-None-Match") == null) {
              exchange.ok("hello", "Cache-Control: max-age=60", "Age: 59", "ETag: \"v1\"");
            } else {
              exchange.answer("304 Not Modified", "", "Cache-Control: max-age=60", "ETag: \"v1\"");
            }
          });
      assertThat(holdfast.get("/item").text()).isEqualTo("hello");

      var stale = new Response[1];
      Await.until(
          () -> {
            stale[0] = holdfast.get("/item");
            return origin.requests("/item") == 2;
          },
          "the second of freshness is over");

      assertThat(stale[0].status()).isEqualTo(200);
      assertThat(stale[0].text()).isEqualTo("hello");
      assertThat(stale[0].header("Cache-Status")).endsWith(";fwd=stale;fwd-status=304");
      assertThat(holdfast.get("/item").header("Cache-Status")).contains(";hit;");
      holdfast.awaitNothingLeft();
      assertThat(holdfast.fills("revalidated")).isEqualTo(1);
    }
  }
}
