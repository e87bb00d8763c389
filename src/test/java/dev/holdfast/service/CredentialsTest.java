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

@DisplayName("RFC 9111 §3.5: nobody waits for what another's credentials bring")
class CredentialsTest {

  private static final String MISS = "holdfast;fwd=uri-miss;fwd-status=200";

  private final ServiceUnderTest service = new ServiceUnderTest(100);
  private final FakeOrigin origin = service.origin;
  private final List<String> answers = new ArrayList<>();

  @AfterEach
  void nothingRuns() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "Cookie"})
  void fetchWithCredentials_isNotWaitedFor(String field) {
    ask(service.get(field, "ann"));
    ask(service.get());
    ask(service.get(field, "bob"));
    assertThat(origin.fetches()).as("bob joins whoever has none").isEqualTo(2);

    origin.fetch(2).fresh().piece("all").complete();
    assertThat(answers)
        .containsExactly("200 all " + MISS + ";stored", "200 all " + MISS + ";stored;collapsed");

    origin.fetch(1).fresh().piece("ann's").complete();
    assertThat(answers.get(2)).startsWith("200 ann's " + MISS + ";detail=");
    assertThat(answered(service.get(field, "ann"))).isEqualTo("200 all holdfast;hit;ttl=60");
  }

  @ParameterizedTest
  @CsvSource({"Authorization, ann, 2", "Cookie, ann, 2", "X-Other, ann, 1"})
  void nothingRuns_eachIsFetchedForAlone(String field, String value, int fetches) {
    ask(service.get(field, value));
    ask(service.get(field, value));

    assertThat(origin.fetches()).isEqualTo(fetches);
    for (int i = 1; i <= fetches; i++) {
      origin.fetch(i).fresh().complete();
    }
    assertThat(answers).hasSize(2);
  }

  @Test
  void wordOfTheOrigin_hasItsResponseStoredForAll() {
    ask(service.get("Authorization", "ann"));
    origin.fetch(1).head(200, "Cache-Control", "public, max-age=60").piece("hi").complete();

    assertThat(answers).containsExactly("200 hi " + MISS + ";stored");
    assertThat(answered(service.get())).isEqualTo("200 hi holdfast;hit;ttl=60");
  }

  @Test
  void wordIsKnownOfWhatIsStale_fetchIsJoined_andValidates() {
    String says = "public, max-age=60";
    ask(service.get());
    origin.fetch(1).head(200, "Cache-Control", says, "ETag", "\"v1\"").piece("hi").complete();
    service.time.advanceTimeBy(Duration.ofSeconds(60));

    ask(service.get("Authorization", "ann"));
    ask(service.get());
    ask(service.get("Cookie", "bob"));

    assertThat(origin.fetches()).isEqualTo(2);
    assertThat(origin.request(2).fields().first("If-None-Match")).isEqualTo("\"v1\"");
    origin.fetch(2).head(304).complete();
    assertThat(answers).hasSize(4);
    assertThat(answers.subList(1, 4)).allMatch(answer -> answer.startsWith("200 hi holdfast;"));
  }

  @Test
  void wordIsNotSaidOfWhatIsStale_fetchIsNotJoined_andAsksForTheWhole() {
    ask(service.get());
    origin.fetch(1).fresh("ETag", "\"v1\"").piece("hi").complete();
    service.time.advanceTimeBy(Duration.ofSeconds(60));

    ask(service.get("Authorization", "ann", "If-None-Match", "\"v1\""));
    ask(service.get());

    assertThat(origin.fetches()).isEqualTo(2 + 1);
    assertThat(origin.request(2).fields().contains("If-None-Match")).isFalse();
    origin.fetch(2).fresh("ETag", "\"v2\"").complete();
    origin.fetch(3).head(304).complete();
    assertThat(answers).hasSize(3);
  }

  @DisplayName("law 5: one with credentials does not keep others from collapsing")
  @Test
  void answerToCredentials_saysNothingAboutWhoHasNone() {
    ask(service.get("Authorization", "ann"));
    origin.fetch(1).fresh().complete();

    ask(service.get());
    ask(service.get());
    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(2).head(200, "Cache-Control", "private").complete();
    origin.fetch(3).head(200, "Cache-Control", "private").complete();

    ask(service.get());
    ask(service.get());
    assertThat(origin.fetches()).as("what the target is like does").isEqualTo(5);
    origin.fetch(4).fresh().complete();
    origin.fetch(5).fresh().complete();
  }

  @Test
  void staleWhileRevalidating_isNotFetchedAnewInVain() {
    ask(service.get());
    String says = "max-age=60, stale-while-revalidate=30";
    origin.fetch(1).head(200, "Cache-Control", says).piece("hi").complete();
    service.time.advanceTimeBy(Duration.ofSeconds(70));
    String stale = "200 hi holdfast;hit;ttl=-10;detail=stale-while-revalidate";

    assertThat(answered(service.get("Authorization", "ann"))).isEqualTo(stale);
    assertThat(origin.fetches()).isEqualTo(1);

    assertThat(answered(service.get())).isEqualTo(stale);
    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(2).fresh().complete();
  }

  private void ask(Mono<String> caller) {
    caller.subscribe(answers::add);
  }

  private String answered(Mono<String> caller) {
    ask(caller);
    return answers.get(answers.size() - 1);
  }
}
