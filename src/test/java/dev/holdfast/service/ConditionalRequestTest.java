package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.FakeOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

@DisplayName("RFC 9111 §4.3.2: callers' own conditions; §4.3: responses that are always validated")
class ConditionalRequestTest {

  private static final String MONDAY = "Mon, 16 Nov 2026 12:00:00 GMT";
  private static final String TUESDAY = "Tue, 17 Nov 2026 12:00:00 GMT";

  private final ServiceUnderTest service = new ServiceUnderTest(100);
  private final FakeOrigin origin = service.origin;
  private final List<String> answers = new ArrayList<>();

  @AfterEach
  void nothingRuns() {
    service.close();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "If-None-Match, '\"v0\", W/\"v1\"', 304",
    "If-None-Match, *, 304",
    "If-None-Match, \"v2\", 200",
    "If-Modified-Since, " + "'" + MONDAY + "', 304",
    "If-Modified-Since, " + "'" + TUESDAY + "', 304",
    "If-Modified-Since, 'Sun, 15 Nov 2026 12:00:00 GMT', 200",
  })
  void storedResponse_answersTheCondition(String name, String value, int status) {
    stored("Cache-Control", "max-age=60", "ETag", "\"v1\"", "Last-Modified", MONDAY);

    ask(service.get(name, value));
    ask(service.request("HEAD", name, value));

    String body = status == 304 ? "" : "hello";
    assertThat(answers)
        .containsExactly(
            status + " " + body + " holdfast;hit;ttl=60", status + "  holdfast;hit;ttl=60");
    assertThat(origin.fetches()).isEqualTo(1);
  }

  @Test
  void nothingIsStored_theWholeIsFetchedForAll_andEachIsAnsweredAsItAsked() {
    ask(service.get("If-None-Match", "\"v1\""));
    ask(service.get());
    assertThat(origin.fetches()).isEqualTo(1);
    assertThat(origin.request(1).fields().contains("If-None-Match")).isFalse();

    origin.fetch(1).fresh("ETag", "\"v1\"").piece("hello").complete();

    assertThat(answers)
        .containsExactly(
            "304  holdfast;fwd=uri-miss;fwd-status=200;stored",
            "200 hello holdfast;fwd=uri-miss;fwd-status=200;stored;collapsed");
    ask(service.get());
    assertThat(answers.get(2)).isEqualTo("200 hello holdfast;hit;ttl=60");
  }

  @Test
  void confirmedResponse_answersTheCondition() {
    stored("Cache-Control", "max-age=60", "ETag", "\"v1\"");
    service.time.advanceTimeBy(Duration.ofSeconds(70));

    ask(service.get("If-None-Match", "\"v1\""));
    origin.fetch(2).head(304).complete();

    assertThat(answers).containsExactly("304  holdfast;fwd=stale;fwd-status=304");
  }

  @DisplayName("§4.3.2: confirmed to the cache, and other than what the caller has")
  @Test
  void confirmedResponseIsNotTheCallers_wholeIsSent() {
    stored("Cache-Control", "max-age=60", "ETag", "\"v1\"");
    service.time.advanceTimeBy(Duration.ofSeconds(70));

    ask(service.get("If-None-Match", "\"v0\""));
    assertThat(origin.request(2).fields().all("If-None-Match")).containsExactly("\"v1\"");
    origin.fetch(2).head(304, "ETag", "\"v1\"").complete();

    assertThat(answers).containsExactly("200 hello holdfast;fwd=stale;fwd-status=304");
  }

  @DisplayName("nobody knew that it would not be stored, and the caller has it all the same")
  @Test
  void nothingIsStoredInTheEnd_conditionIsAnsweredAllTheSame() {
    ask(service.get("If-None-Match", "\"v1\""));
    assertThat(origin.request(1).fields().contains("If-None-Match")).isFalse();

    origin.fetch(1).head(200, "Cache-Control", "private", "ETag", "\"v1\"").complete();

    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("304  holdfast;"));
  }

  @Test
  void knownNotStorable_conditionIsTheOrigins() {
    ask(service.get());
    origin.fetch(1).head(200, "Cache-Control", "private", "ETag", "\"v1\"").complete();
    answers.clear();

    ask(service.get("If-None-Match", "\"v1\""));
    assertThat(origin.request(2).fields().first("If-None-Match")).isEqualTo("\"v1\"");
    origin.fetch(2).head(304).complete();

    assertThat(answers).containsExactly("304  holdfast;fwd=uri-miss;fwd-status=304;detail=status");
  }

  @DisplayName("§5.2.1.4: the origin is asked about what is stored")
  @Test
  void requestWantsTheOrigin_storedResponseIsValidated() {
    stored("Cache-Control", "max-age=60", "ETag", "\"v1\"");

    ask(service.get("Cache-Control", "no-cache"));
    assertThat(origin.request(2).fields().first("If-None-Match")).isEqualTo("\"v1\"");
    origin.fetch(2).head(304).complete();

    assertThat(answers).containsExactly("200 hello holdfast;fwd=request;fwd-status=304");
  }

  @DisplayName("§5.2.2.4, §4.2: nobody is answered by another's validation")
  @ParameterizedTest
  @ValueSource(strings = {"no-cache", "no-cache, max-age=60", "max-age=0"})
  void whatNothingMakesFresh_isValidatedForEachInParallel(String cacheControl) {
    stored("Cache-Control", cacheControl, "ETag", "\"v1\"");

    ask(service.get());
    ask(service.get());
    assertThat(origin.fetches()).isEqualTo(3);
    origin.fetch(2).head(304, "Cache-Control", cacheControl).complete();
    origin.fetch(3).head(304, "Cache-Control", cacheControl).complete();

    String confirmed = "200 hello holdfast;fwd=stale;fwd-status=304";
    assertThat(answers).containsExactly(confirmed, confirmed);
  }

  @Test
  void callersCollapsedIntoWhatMustBeValidated_askAgainInParallel() {
    ask(service.get());
    ask(service.get());
    ask(service.get());
    assertThat(origin.fetches()).isEqualTo(1);

    origin.fetch(1).head(200, "Cache-Control", "no-cache", "ETag", "\"v1\"");
    assertThat(origin.fetches()).isEqualTo(3);
    origin.fetch(1).piece("one").complete();
    origin
        .fetch(2)
        .head(200, "Cache-Control", "no-cache", "ETag", "\"v1\"")
        .piece("two")
        .complete();
    origin.fetch(3).head(200, "Cache-Control", "no-cache", "ETag", "\"v1\"").piece("3").complete();

    assertThat(answers).hasSize(3).noneMatch(answer -> answer.contains("collapsed"));
  }

  private void stored(String... fields) {
    ask(service.get());
    origin.fetch(1).head(200, fields).piece("hello").complete();
    answers.clear();
  }

  private void ask(Mono<String> request) {
    request.subscribe(answers::add);
  }
}
