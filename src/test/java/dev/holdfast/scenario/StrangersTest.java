package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is private to one caller is never given to another, collapsed callers included. */
class StrangersTest extends SharedHoldfast {

  StrangersTest() {
    super("caller-timeout=20s");
  }

  @ParameterizedTest
  @CsvSource({
    "/private, 'Cache-Control: private, max-age=60', private",
    "/no-store, Cache-Control: no-store, no-store",
    "/set-cookie, 'Cache-Control: max-age=60\r\nSet-Cookie: a=b', set-cookie",
    "/vary-star, 'Cache-Control: max-age=60\r\nVary: *', vary-star"
  })
  void notShareable_eachCollapsedCallerHasAnAnswerOfItsOwn(
      String target, String answerField, String detail) {
    var answers = collapsed(target, answerField);

    assertThat(new TreeSet<>(answers.stream().map(Response::text).toList())).hasSize(5);
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.header("Cache-Status")).contains(detail));
  }

  @ParameterizedTest
  @CsvSource({
    "/max-age, Cache-Control: max-age=60",
    "/public, 'Cache-Control: public, max-age=60'",
  })
  void shareable_allCollapsedCallersHaveTheOneAnswer(String target, String answerField) {
    var answers = collapsed(target, answerField);

    assertThat(new TreeSet<>(answers.stream().map(Response::text).toList())).hasSize(1);
    assertThat(origin.requests(target)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/authorization, Cache-Control: max-age=60, Authorization, authorization",
    "/cookie, Cache-Control: max-age=60, Cookie, cookie",
    "/authorization/public, 'Cache-Control: public, max-age=60', Authorization, stored",
    "/cookie/s-maxage, Cache-Control: s-maxage=60, Cookie, stored"
  })
  void credentials_nobodyWaitsForAnothersFetch(
      String target, String answerField, String credential, String shown) {
    var gate = new Gate();
    origin.on(
        target,
        exchange -> {
          exchange.await(gate);
          exchange.ok("for " + exchange.request().header(credential), answerField);
        });
    try (var callers = holdfast.callers(5)) {
      for (int i = 0; i < 5; i++) {
        callers.get(i).get("/catalog" + target, credential + ": " + i);
      }
      origin.awaitRequests(target, 5);
      gate.open();
      for (int i = 0; i < 5; i++) {
        var answer = callers.get(i).readResponse();
        assertThat(answer.text()).isEqualTo("for " + i);
        assertThat(answer.header("Cache-Status")).contains(shown).doesNotContain("collapsed");
      }
    }
    var stored = shown.equals("stored");
    assertThat(holdfast.get(target).header("Cache-Status"))
        .contains(stored ? ";hit;" : "fwd=uri-miss");
  }

  /** Five callers of which four are attached to the first one's fill before the origin answers. */
  private List<Response> collapsed(String target, String answerField) {
    var gate = new Gate();
    origin.on(
        target,
        exchange -> {
          exchange.await(gate);
          exchange.ok("answer " + exchange.request().nth(), answerField.split("\r\n"));
        });
    try (var callers = holdfast.callers(5)) {
      callers.forEach(caller -> caller.get("/catalog" + target));
      Await.until(() -> holdfast.attached() == 5, "all callers attached");
      assertThat(origin.requests(target)).isLessThanOrEqualTo(1);
      gate.open();
      return callers.list().stream().map(RawCaller::readResponse).toList();
    }
  }

  @Test
  void variants_areKeptApart() {
    origin.on(
        "/hello",
        exchange -> {
          var language = exchange.request().header("Accept-Language");
          exchange.ok("in " + language, "Cache-Control: max-age=60", "Vary: Accept-Language");
        });
    for (String language : new String[] {"en", "de", "en", "de"}) {
      var answer = holdfast.get("/hello", "Accept-Language: " + language);
      assertThat(answer.text()).isEqualTo("in " + language);
    }
    assertThat(origin.requests("/hello")).isEqualTo(2);
    assertThat(holdfast.get("/hello", "Accept-Language: fr").header("Cache-Status"))
        .contains("fwd=vary-miss");
  }
}
