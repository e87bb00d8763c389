package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.http.Fields;
import dev.holdfast.origin.OriginFailures;
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
import reactor.test.StepVerifier;

@DisplayName("RFC 9111 §4.2.4, RFC 5861: a stale response in place of waiting, or of an error")
class StaleServingTest {

  private final ServiceUnderTest service = new ServiceUnderTest(2);
  private final FakeOrigin origin = service.origin;
  private final List<String> answers = new ArrayList<>();

  @AfterEach
  void nothingRuns() {
    service.close();
  }

  @Test
  void whileRevalidating_staleIsServedAtOnce_andOneFillRunsForAll() {
    stored("max-age=60, stale-while-revalidate=30", 70);

    ask(service.get());
    ask(service.get());
    String stale = "200 old holdfast;hit;ttl=-10;detail=stale-while-revalidate";
    assertThat(answers).containsExactly(stale, stale);
    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(2).fresh().piece("new").complete();

    assertThat(answered(service.get())).isEqualTo("200 new holdfast;hit;ttl=60");
    assertThat(service.log)
        .containsExactly("STALE after 0 ms", "STALE after 0 ms", "stored", "HIT after 0 ms");
  }

  @DisplayName("RFC 5861 §3: one fill at a time, even where none can join it any more")
  @Test
  void whileRevalidating_whatIsStaleAsItComes_isNotFetchedBesideThat() {
    stored("max-age=60, stale-while-revalidate=30", 70);

    ask(service.get());
    origin.fetch(2).head(200, "Cache-Control", "max-age=60", "Age", "90", "ETag", "\"v2\"");
    ask(service.get());
    ask(service.get());
    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(2).piece("newer").complete();
    ask(service.get());

    assertThat(answers).hasSize(3);
    assertThat(origin.fetches()).isEqualTo(3);
    origin.fetch(3).fresh().complete();
  }

  @Test
  void whileRevalidating_backgroundFillValidates() {
    stored("max-age=60, stale-while-revalidate=30", 70, "ETag", "\"v1\"");

    ask(service.get());
    assertThat(origin.request(2).fields().first("If-None-Match")).isEqualTo("\"v1\"");
    origin.fetch(2).head(304).complete();

    assertThat(answered(service.get())).isEqualTo("200 old holdfast;hit;ttl=60");
  }

  @Test
  void windowIsOver_callerWaits() {
    stored("max-age=60, stale-while-revalidate=30", 90);

    ask(service.get());

    assertThat(answers).isEmpty();
    origin.fetch(2).fresh().piece("new").complete();
    assertThat(answers).containsExactly("200 new holdfast;fwd=stale;fwd-status=200;stored");
  }

  @Test
  void originIsFull_staleIsServed_andNothingWaitsInLine() {
    stored("max-age=60, stale-while-revalidate=30", 70);
    origin.isFull();

    assertThat(answered(service.get())).contains(";detail=stale-while-revalidate");
    assertThat(service.fills.running()).isEmpty();
    assertThat(origin.fetch(2).isCancelled()).isTrue();
  }

  @Test
  void fetchFails_staleIsServed() {
    stored("max-age=60, stale-if-error=30", 70);

    ask(service.get());
    ask(service.get());
    origin.fetch(2).fail(OriginFailures.broken());

    String stale = "200 old holdfast;fwd=stale;ttl=-10";
    assertThat(answers)
        .containsExactly(
            stale + ";detail=stale-if-error", stale + ";collapsed;detail=stale-if-error");
    assertThat(service.log).containsOnlyOnce("failed").contains("STALE after 0 ms");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void serversError_staleIsServed_andStays(int status) {
    stored("max-age=60, stale-if-error=30", 70);

    ask(service.get());
    ask(service.get());
    origin.fetch(2).head(status, "Cache-Control", "max-age=60").piece("error").complete();
    assertThat(answers)
        .hasSize(2)
        .allMatch(answer -> answer.startsWith("200 old holdfast;fwd=stale;fwd-status=" + status));

    ask(service.get());
    assertThat(origin.fetches()).isEqualTo(3);
    origin.fetch(3).fresh().piece("new").complete();
    assertThat(answers.get(2)).startsWith("200 new ");
  }

  @ParameterizedTest
  @ValueSource(ints = {501, 505, 404, 429})
  void otherStatus_isPassedOn(int status) {
    stored("max-age=60, stale-if-error=30", 70);

    ask(service.get());
    origin.fetch(2).head(status).piece("error").complete();

    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith(status + " error "));
  }

  @Test
  void patienceIsOver_staleIsServed_andTheFetchGoesOn() {
    stored("max-age=60, stale-if-error=30", 70);

    ask(service.get());
    service.time.advanceTimeBy(Duration.ofSeconds(2));
    assertThat(answers).containsExactly("200 old holdfast;fwd=stale;ttl=-12;detail=caller-timeout");
    origin.fetch(2).fresh().piece("new").complete();

    assertThat(answered(service.get())).startsWith("200 new holdfast;hit;");
    assertThat(service.log).doesNotContain("left: TIMEOUT");
  }

  @Test
  void asManyWaitAsMay_staleIsServed() {
    stored("max-age=60, stale-if-error=30", 70);
    ask(service.get());
    ask(service.get());

    assertThat(answered(service.get())).isEqualTo("200 old holdfast;ttl=-10;detail=overload");
    origin.fetch(2).fail(OriginFailures.broken());
  }

  @DisplayName("§4.2.4, §5.2.2: never past these, nor past the window, nor without one")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age=60, stale-if-error=30, must-revalidate",
        "max-age=60, stale-if-error=30, proxy-revalidate",
        "s-maxage=60, stale-if-error=30, max-age=60",
        "max-age=60, stale-if-error=10",
        "max-age=60",
      })
  void staleIsForbidden_errorIsShown(String cacheControl) {
    stored(cacheControl, 70);

    ask(service.get());
    origin.fetch(2).fail(OriginFailures.broken());

    assertThat(answers)
        .containsExactly("502 origin-failed holdfast;fwd=stale;detail=origin-failed");
  }

  @DisplayName("§4.2.4, §5.2.2.4: nor what is validated each time, whatever the request accepts")
  @Test
  void responseWantsValidation_errorIsShown() {
    stored("no-cache, stale-if-error=30, stale-while-revalidate=30", 0, "ETag", "\"v1\"");

    ask(service.get("Cache-Control", "max-stale"));
    origin.fetch(2).fail(OriginFailures.broken());

    assertThat(answers)
        .containsExactly("502 origin-failed holdfast;fwd=stale;detail=origin-failed");
  }

  @DisplayName("RFC 9213 §2.2: must-revalidate in a targeted field")
  @ParameterizedTest(name = "stale-if-error=30{0}: {1}")
  @CsvSource({"'', 200 old ", "', must-revalidate', 502 origin-failed "})
  void targetedField_saysWhetherStaleIsForbidden(String directive, String begin) {
    stored(
        "max-age=60, must-revalidate",
        70,
        "CDN-Cache-Control",
        "max-age=60, stale-if-error=30" + directive);

    ask(service.get());
    origin.fetch(2).fail(OriginFailures.broken());

    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith(begin.strip() + " "));
  }

  @DisplayName("RFC 5861 §4: visibly stale")
  @Test
  void staleAnswer_showsItsAge() {
    stored("max-age=60, stale-if-error=30", 70);
    List<Duration> ages = new ArrayList<>();

    service
        .answer(
            "GET",
            Fields.EMPTY,
            answer -> {
              ages.add(((Answer.Response) answer).age());
              return ServiceUnderTest.written(answer);
            })
        .subscribe(answers::add);
    origin.fetch(2).fail(OriginFailures.broken());

    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("200 old "));
    assertThat(ages).containsExactly(Duration.ofSeconds(70));
  }

  @Test
  void requestWantsTheOrigin_errorIsShown() {
    stored("max-age=60, stale-if-error=30", 70);

    ask(service.get("Cache-Control", "no-cache"));
    origin.fetch(2).fail(OriginFailures.broken());

    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("502 "));
  }

  @DisplayName("§5.2.1.2: as stale as the request accepts")
  @Test
  void requestAcceptsStale_isServed() {
    stored("max-age=60", 70);

    assertThat(answered(service.get("Cache-Control", "max-stale=10")))
        .isEqualTo("200 old holdfast;hit;ttl=-10");
    assertThat(answered(service.get("Cache-Control", "max-stale"))).startsWith("200 old ");
    ask(service.get("Cache-Control", "max-stale=9"));
    origin.fetch(2).fresh().piece("new").complete();
    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("200 new "));
  }

  @DisplayName("§5.2.1.7: only what is stored")
  @Test
  void onlyIfCached_isAnsweredFromTheCacheOrNotAtAll() {
    assertThat(answered(service.get("Cache-Control", "only-if-cached")))
        .isEqualTo("504 only-if-cached holdfast;detail=only-if-cached");
    stored("max-age=60", 0);

    assertThat(answered(service.get("Cache-Control", "only-if-cached")))
        .isEqualTo("200 old holdfast;hit;ttl=60");
    assertThat(origin.fetches()).isEqualTo(1);
  }

  /** Has a response stored, and lets time pass. */
  private void stored(String cacheControl, int secondsAgo, String... fields) {
    ask(service.get());
    List<String> all = new ArrayList<>(List.of("Cache-Control", cacheControl));
    all.addAll(List.of(fields));
    origin.fetch(1).head(200, all.toArray(String[]::new)).piece("old").complete();
    service.time.advanceTimeBy(Duration.ofSeconds(secondsAgo));
    answers.clear();
    service.log.clear();
  }

  private void ask(Mono<String> request) {
    request.subscribe(answers::add);
  }

  private static String answered(Mono<String> request) {
    List<String> answer = new ArrayList<>();
    StepVerifier.create(request).recordWith(() -> answer).expectNextCount(1).verifyComplete();
    return answer.get(0);
  }
}
