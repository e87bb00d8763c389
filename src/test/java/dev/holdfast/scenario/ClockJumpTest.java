package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.HttpDate;
import dev.holdfast.testing.FakeCalendar;
import dev.holdfast.testing.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The machine's clock is set by an hour, either way: nothing changes its age, nobody waits less.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockJumpTest {

  private static final String MINUTE = "Cache-Control: max-age=60";

  private final FakeTicker ticker = new FakeTicker();
  private final FakeCalendar calendar =
      new FakeCalendar(ticker, Instant.parse("2026-11-23T12:00:00Z"));
  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final Holdfast holdfast =
      Holdfast.inFrontOf(
          origin,
          ticker,
          calendar.clock(),
          "caller-timeout=20s",
          "heuristic-freshness=true",
          "holdfast.origins.failing.base-url=" + origin.baseUrl() + "/failing",
          "resilience4j.circuitbreaker.configs.default.minimum-number-of-calls=2");

  @AfterEach
  void nothingIsLeft() {
    holdfast.awaitNothingLeft();
  }

  @AfterAll
  void close() {
    holdfast.close();
    origin.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/dated, Cache-Control: max-age=60, 0, Date",
    "/undated, Cache-Control: max-age=60, 0, X-None",
    "/expires, Expires, 60, Date",
    "/expires-undated, Expires, 60, X-None",
    "/heuristic, Last-Modified, -600, X-None"
  })
  void whatIsStored_agesByTheTimeThatPasses(
      String target, String field, int seconds, String dateField) {
    String came = date(0);
    String line = field.contains(":") ? field : field + ": " + date(seconds);
    origin.on(target, exchange -> exchange.ok("v", line, dateField + ": " + came));
    holdfast.get(target);

    ticker.advance(Duration.ofSeconds(10));
    assertHit(target, 10, 50);
    calendar.jump(Duration.ofHours(1));
    assertHit(target, 10, 50);
    ticker.advance(Duration.ofSeconds(10));
    assertHit(target, 20, 40);
    calendar.jump(Duration.ofHours(-2));
    assertThat(assertHit(target, 20, 40).header("Date")).isEqualTo(came);
    ticker.advance(Duration.ofSeconds(39));
    assertHit(target, 59, 1);
    ticker.advance(Duration.ofSeconds(1));
    assertThat(origin.requests(target)).isEqualTo(1);
    assertThat(holdfast.get(target).header("Cache-Status")).doesNotContain("hit");
    assertThat(origin.requests(target)).isEqualTo(2);
  }

  @Test
  void clockThatWasWrong_andIsSetRight_isRightForWhatComesThen() {
    calendar.jump(Duration.ofHours(1));
    origin.on("/before", exchange -> exchange.ok("old", MINUTE));
    holdfast.get("/before");
    calendar.jump(Duration.ofHours(-1));
    origin.on("/then", exchange -> exchange.ok("new", MINUTE, "Date: " + date(0)));
    origin.on("/then-undated", exchange -> exchange.ok("new", MINUTE));

    assertThat(holdfast.get("/then").header("Date")).isEqualTo(date(0));
    assertThat(holdfast.get("/then-undated").header("Date")).isEqualTo(date(0));

    assertHit("/then", 0, 60);
    assertHit("/then-undated", 0, 60);
    assertHit("/before", 0, 60);
  }

  @Test
  void answerThatConfirms_isComparedWithTheClockAsItCame() {
    origin.on(
        "/confirmed",
        exchange -> {
          boolean first = exchange.request().nth() == 1;
          exchange.answer(
              first ? "200 OK" : "304 Not Modified",
              first ? "v1" : "",
              MINUTE,
              "ETag: \"1\"",
              "Date: " + date(0));
        });
    holdfast.get("/confirmed");
    ticker.advance(Duration.ofSeconds(61));
    calendar.jump(Duration.ofHours(1));

    assertThat(holdfast.get("/confirmed").text()).isEqualTo("v1");

    assertThat(origin.requests("/confirmed")).isEqualTo(2);
    assertHit("/confirmed", 0, 60);
    calendar.jump(Duration.ofHours(-1));
    assertHit("/confirmed", 0, 60);
    ticker.advance(Duration.ofSeconds(5));
    assertHit("/confirmed", 5, 55);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void whoWaits_waitsNoLess_alsoForASecondFetch(int hours) {
    String target = "/private" + hours;
    var gate = new Gate();
    origin.on(target, Script.held(gate, "mine", "Cache-Control: private, max-age=60"));
    try (var callers = holdfast.callers(2)) {
      callers.forEach(caller -> caller.get("/catalog" + target));
      Await.until(() -> holdfast.attached() == 2, "both attached");
      calendar.jump(Duration.ofHours(hours));
      gate.open();

      callers.forEach(caller -> assertThat(caller.readResponse().text()).isEqualTo("mine"));
    }
    assertThat(origin.requests(target)).isEqualTo(2);
  }

  @Test
  void openBreaker_isOpenForItsTime_andNoLonger() {
    origin.on("/failing/1", exchange -> exchange.answer("500 Internal Server Error", "broken"));
    failing("/1");
    failing("/1");
    origin.on("/failing/2", exchange -> exchange.ok("well", MINUTE));
    assertThat(failing("/2").status()).isEqualTo(503);

    calendar.jump(Duration.ofHours(1));
    assertThat(failing("/2").status()).isEqualTo(503);
    ticker.advance(Duration.ofSeconds(59));
    assertThat(failing("/2").status()).isEqualTo(503);
    calendar.jump(Duration.ofHours(-1));
    ticker.advance(Duration.ofSeconds(2));
    assertThat(failing("/2").text()).isEqualTo("well");
  }

  private Response failing(String path) {
    return RawCaller.once(holdfast.port(), "GET", "/failing" + path);
  }

  private String date(int seconds) {
    return HttpDate.format(calendar.instant().plusSeconds(seconds));
  }

  private Response assertHit(String target, int age, int ttl) {
    var answer = holdfast.get(target);
    assertThat(answer.header("Cache-Status")).isEqualTo("holdfast;hit;ttl=" + ttl);
    assertThat(answer.header("Age")).isEqualTo(Integer.toString(age));
    return answer;
  }
}
