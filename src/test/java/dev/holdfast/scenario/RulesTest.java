package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rules for some paths and statuses of one origin, each beside what no rule is about. */
class RulesTest {

  private static final String NEVER_LATE = "caller-timeout=20s";

  @Test
  void rule_changesTheLifetimeOfItsPathsAlone() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin, NEVER_LATE, "rules[0].paths=/items/**", "rules[0].override-ttl=1000s")) {
      origin.otherwise(exchange -> exchange.ok("ok", "Cache-Control: max-age=60"));

      assertThat(ttl(holdfast, "/items/1?x=y")).isBetween(900L, 1000L);
      assertThat(ttl(holdfast, "/users/1")).isBetween(1L, 60L);
      assertThat(origin.requestsTotal()).isEqualTo(2);
    }
  }

  @Test
  void ruleOfStatuses_keepsWhatOnlyTheResponseShows() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin, NEVER_LATE, "rules[0].statuses=404", "rules[0].default-ttl=100s")) {
      origin.on("/there", exchange -> exchange.ok("ok"));
      origin.on("/gone", exchange -> exchange.answer("404 Not Found", "no"));

      assertThat(ttl(holdfast, "/gone")).isBetween(1L, 100L);
      assertThat(holdfast.get("/there").header("Cache-Status")).contains("detail=no-freshness");
      holdfast.get("/there");
      assertThat(origin.requests("/gone")).isEqualTo(1);
      assertThat(origin.requests("/there")).isEqualTo(2);
    }
  }

  @Test
  void ruleOfStatuses_saysHowLongABodyMayBe() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin, NEVER_LATE, "rules[0].statuses=404", "rules[0].max-stored-body=4B")) {
      origin.on("/there", exchange -> exchange.ok("01234", "Cache-Control: max-age=60"));
      origin.on(
          "/gone",
          exchange -> exchange.answer("404 Not Found", "01234", "Cache-Control: max-age=60"));

      assertThat(holdfast.get("/gone").header("Cache-Status")).contains("detail=too-large");
      assertThat(holdfast.get("/there").header("Cache-Status")).contains(";stored");
    }
  }

  /** The remaining lifetime of a target, the second time that it is asked for. */
  private static long ttl(Holdfast holdfast, String target) {
    holdfast.get(target);
    var status = String.valueOf(holdfast.get(target).header("Cache-Status"));
    assertThat(status).contains(";hit;");
    return Long.parseLong(status.replaceFirst(".*;ttl=(\\d+).*", "$1"));
  }
}
