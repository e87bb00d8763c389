package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.store.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Several variants are stored, and the origin chooses among them by their tags. */
@DisplayName("RFC 9110 §13.1.2; RFC 9111 §4.3.1, §4.3.3, §4.3.4: several variants")
class VariantTagsTest {

  private static final String FRESH = "max-age=60";

  private final ServiceUnderTest service = new ServiceUnderTest(100);
  private final FakeOrigin origin = service.origin;
  private final List<String> answers = new ArrayList<>();

  @BeforeEach
  void twoVariantsAreStored() {
    ask("de");
    origin.fetch(1).fresh("Vary", "Accept-Language", "ETag", "\"de\"").piece("hallo").complete();
    ask("en");
    assertOffered(2, "\"de\"");
    origin.fetch(2).fresh("Vary", "Accept-Language", "ETag", "\"en\"").piece("hello").complete();
    answers.clear();
    service.log.clear();
  }

  @AfterEach
  void nothingRuns() {
    service.close();
  }

  @Test
  void noVariantIsSelected_allTagsAreOffered_andTheNamedOneAnswers() {
    ask("fr");
    assertOffered(3, "\"en\", \"de\"");
    notModified(3, "\"en\"");

    assertThat(answers).containsExactly("200 hello holdfast;fwd=vary-miss;fwd-status=304");
    assertThat(service.log).containsExactly("REVALIDATED after 0 ms", "revalidated");
  }

  @Test
  void namedVariant_isFreshAgain_andIsTheRequestsOwnFromThenOn() {
    service.time.advanceTimeBy(Duration.ofSeconds(50));
    ask("fr");
    notModified(3, "\"en\"");
    service.time.advanceTimeBy(Duration.ofSeconds(50));
    answers.clear();

    ask("fr");
    ask("en");
    ask("de");

    assertThat(answers)
        .containsExactly("200 hello holdfast;hit;ttl=10", "200 hello holdfast;hit;ttl=10");
    assertOffered(4, "\"de\", \"en\"");
    origin.fetch(4).head(304, "ETag", "\"de\"").complete();
  }

  @Test
  void selectedVariantIsStale_itsTagComesFirst_andItAnswersIfItIsNamed() {
    service.time.advanceTimeBy(Duration.ofSeconds(100));
    ask("de");
    assertOffered(3, "\"de\", \"en\"");
    notModified(3, "W/\"de\"");

    assertThat(answers).containsExactly("200 hallo holdfast;fwd=stale;fwd-status=304");
  }

  @Test
  void selectedVariantIsStale_anotherIsNamed_andTakesItsPlace() {
    service.time.advanceTimeBy(Duration.ofSeconds(100));
    ask("de");
    notModified(3, "W/\"en\"");
    ask("de");
    ask("en");

    assertThat(answers)
        .containsExactly(
            "200 hello holdfast;fwd=stale;fwd-status=304",
            "200 hello holdfast;hit;ttl=60",
            "200 hello holdfast;hit;ttl=60");
  }

  @DisplayName("§4.3.4: all that have the strong tag are updated")
  @Test
  void bytesAreStoredForTwoVariants_oneAnswerRenewsBoth() {
    ask("fr");
    notModified(3, "\"en\"");
    service.time.advanceTimeBy(Duration.ofSeconds(100));
    answers.clear();
    ask("fr");
    assertOffered(4, "\"en\", \"de\"");
    notModified(4, "\"en\"");
    ask("en");

    assertThat(answers)
        .containsExactly(
            "200 hello holdfast;fwd=stale;fwd-status=304", "200 hello holdfast;hit;ttl=60");
  }

  @Test
  void callersOfTheVariant_areAnsweredByOneFetch_othersAskForThemselves() {
    ask("fr");
    ask("fr");
    ask("it");
    assertThat(origin.fetches()).isEqualTo(4);
    notModified(3, "\"en\"");
    notModified(4, "\"de\"");

    assertThat(answers)
        .containsExactly(
            "200 hello holdfast;fwd=vary-miss;fwd-status=304",
            "200 hello holdfast;fwd=vary-miss;fwd-status=304;collapsed",
            "200 hallo holdfast;fwd=vary-miss;fwd-status=304");
  }

  @Test
  void newResponse_isStoredBesideTheOthers() {
    ask("fr");
    origin.fetch(3).fresh("Vary", "Accept-Language", "ETag", "\"fr\"").piece("salut").complete();
    ask("fr");
    ask("en");

    assertThat(answers)
        .containsExactly(
            "200 salut holdfast;fwd=vary-miss;fwd-status=200;stored",
            "200 salut holdfast;hit;ttl=60",
            "200 hello holdfast;hit;ttl=60");
  }

  @DisplayName("§4.3.4: another tag is none of them, and of several, none at all says nothing")
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"ETag: \"fr\"", "X: y"})
  void noneIsNamed_isFetchedAgainWithoutConditions(String line) {
    ask("fr");
    origin.fetch(3).head(304, line.split(": ")).complete();
    assertThat(origin.request(4).fields().contains("If-None-Match")).isFalse();
    origin.fetch(4).head(200).piece("salut").complete();

    assertThat(answers)
        .containsExactly("200 salut holdfast;fwd=vary-miss;fwd-status=200;detail=no-freshness");
  }

  @DisplayName("law 2: what was invalidated answers nobody who came later, under no variant")
  @Test
  void namedVariantIsInvalidatedMeanwhile_isFetchedAgainWithoutConditions() {
    ask("fr");
    service.store.invalidate("catalog", new Scope.Target("/a"));
    notModified(3, "\"en\"");
    assertThat(origin.request(4).fields().contains("If-None-Match")).isFalse();
    origin.fetch(4).fresh("Vary", "Accept-Language").piece("salut").complete();
    ask("fr");

    assertThat(answers)
        .containsExactly(
            "200 salut holdfast;fwd=uri-miss;fwd-status=200;stored",
            "200 salut holdfast;hit;ttl=60");
  }

  @Test
  void noMoreVariantsCanBeStored_namedOneAnswersThisRequestAlone() {
    for (int i = 2; i < 64; i++) {
      ask("l" + i);
      origin.fetch(origin.fetches()).fresh("Vary", "Accept-Language").complete();
    }
    answers.clear();

    ask("fr");
    notModified(65, "\"en\"");
    ask("fr");
    notModified(66, "\"de\"");

    assertThat(answers)
        .containsExactly(
            "200 hello holdfast;fwd=vary-miss;fwd-status=304",
            "200 hallo holdfast;fwd=vary-miss;fwd-status=304");
  }

  @Test
  void callersOwnCondition_isAnsweredFromTheNamedOne() {
    answers("Accept-Language", "fr", "If-None-Match", "\"en\"");
    assertOffered(3, "\"en\", \"de\"");
    notModified(3, "\"en\"");

    assertThat(answers).containsExactly("304  holdfast;fwd=vary-miss;fwd-status=304");
  }

  @Test
  void requestThatMayNotBeStored_offersNothing() {
    answers("Accept-Language", "fr", "Cache-Control", "no-store");
    assertThat(origin.request(3).fields().contains("If-None-Match")).isFalse();
    origin.fetch(3).head(200).complete();
    answers("Accept-Language", "fr", "If-Match", "*");
    assertThat(origin.request(4).fields().contains("If-None-Match")).isFalse();
    origin.fetch(4).head(200).complete();
    answers("Accept-Language", "fr", "Cache-Control", "no-cache");
    assertOffered(5, "\"en\", \"de\"");
    notModified(5, "\"en\"");

    assertThat(answers).hasSize(3);
  }

  private void notModified(int fetch, String tag) {
    origin
        .fetch(fetch)
        .head(304, "Cache-Control", FRESH, "ETag", tag, "Vary", "Accept-Language")
        .complete();
  }

  private void assertOffered(int fetch, String tags) {
    assertThat(origin.request(fetch).fields().all("If-None-Match")).containsExactly(tags);
  }

  private void ask(String language) {
    answers("Accept-Language", language);
  }

  private void answers(String... fields) {
    Mono<String> answer = service.get(fields);
    answer.subscribe(answers::add);
  }
}
