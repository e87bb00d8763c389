package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.http.Fields;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.origin.OriginFailures;
import dev.holdfast.store.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

@DisplayName("RFC 9111 §4.4: what an unsafe request makes unusable")
class UnsafeRequestTest {

  private static final String HIT = "200 old holdfast;hit;ttl=60";

  private final ServiceUnderTest service = new ServiceUnderTest(100);
  private final FakeOrigin origin = service.origin;
  private final List<String> answers = new ArrayList<>();

  @AfterEach
  void nothingRuns() {
    service.close();
  }

  @DisplayName("by any method that is not known to be safe, and any status but an error's")
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({"POST, 200", "PUT, 204", "DELETE, 202", "M-SEARCH, 200", "PATCH, 302", "POST, 399"})
  void success_invalidates(String method, int status) {
    stored();

    ask(service.request(method));
    origin.fetch(2).head(status).complete();

    assertIsFetchedAnew(3);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "POST, 400",
    "PUT, 412",
    "DELETE, 500",
    "M-SEARCH, 404",
    "OPTIONS, 200",
    "PROPFIND, 207",
    "TRACE, 200"
  })
  void errorOrSafeMethod_doesNot(String method, int status) {
    stored();

    ask(service.request(method));
    origin.fetch(2).head(status).complete();

    ask(service.get());
    assertThat(answers.get(1)).isEqualTo(HIT);
  }

  @Test
  void invalidationIsDone_beforeTheCallerHearsOfTheSuccess() {
    stored();
    service.request("POST").doOnNext(answer -> service.get().subscribe(answers::add)).subscribe();

    origin.fetch(2).head(201).piece("done").complete();
    origin.fetch(3).fresh().piece("newer").complete();

    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("200 newer "));
  }

  @Test
  void callerLeaves_invalidationComesAllTheSame() {
    stored();
    Disposable caller = ask(service.request("POST"));

    caller.dispose();
    assertThat(origin.fetch(2).isCancelled()).isFalse();
    origin.fetch(2).head(200);

    assertIsFetchedAnew(3);
  }

  @DisplayName("what came of it is unknown: the origin may have done it")
  @Test
  void fetchBreaks_invalidates() {
    stored();

    ask(service.request("POST"));
    origin.fetch(2).fail(OriginFailures.broken());

    assertThat(answers)
        .containsExactly("502 origin-failed holdfast;fwd=method;detail=origin-failed");
    assertIsFetchedAnew(3);
  }

  @Test
  void originWasNotReached_nothingIsInvalidated() {
    stored();
    for (OriginFailure failure :
        List.of(
            OriginFailures.unreachable(), OriginFailures.full(), OriginFailures.circuitOpen())) {
      ask(service.request("POST"));
      origin.fetch(origin.fetches()).fail(failure);
    }
    answers.clear();

    ask(service.get());

    assertThat(answers).containsExactly(HIT);
  }

  @Test
  void fillUnderWay_isNotStored() {
    ask(service.get());
    ask(service.request("POST"));
    origin.fetch(2).head(200).complete();

    origin.fetch(1).fresh().piece("old").complete();

    assertThat(service.log).contains("superseded");
    assertIsFetchedAnew(3);
  }

  @DisplayName("§4.4: Location and Content-Location of the same origin, too")
  @ParameterizedTest
  @ValueSource(strings = {"Location: /a", "Content-Location: a", "Location: http://ORIGIN:80/a"})
  void namedTarget_isInvalidated(String line) {
    stored();

    ask(service.requestTo("/b", "POST"));
    int colon = line.indexOf(": ");
    origin.fetch(2).head(201, line.substring(0, colon), line.substring(colon + 2)).complete();

    assertIsFetchedAnew(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Location: http://other/a",
        "Location: https://origin/a",
        "Location: //:",
        "Link: /a"
      })
  void othersTarget_isNot(String line) {
    stored();

    ask(service.requestTo("/b", "POST"));
    int colon = line.indexOf(": ");
    origin.fetch(2).head(201, line.substring(0, colon), line.substring(colon + 2)).complete();

    ask(service.get());
    assertThat(answers.get(1)).isEqualTo(HIT);
  }

  @DisplayName("RFC 9110 §9.3.3: a POST's response about its own target, with explicit freshness")
  @Test
  void postOfWhatAGetWouldBring_isStored() {
    stored();
    ask(service.request("POST"));
    origin.fetch(2).fresh("Content-Location", "/a").piece("new").complete();

    ask(service.get());

    assertThat(answers)
        .containsExactly(
            "200 new holdfast;fwd=method;fwd-status=200;stored", "200 new holdfast;hit;ttl=60");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"Content-Location, /b", "X-Content-Location, /a"})
  void otherPost_isNotStored(String name, String value) {
    ask(service.request("POST"));
    origin.fetch(1).fresh(name, value).piece("new").complete();

    assertIsFetchedAnew(2);
  }

  @DisplayName("law 2: a purge since the POST began may have been meant for its response")
  @Test
  void purgeDuringThePost_keepsItsResponseOut() {
    ask(service.request("POST"));
    service.store.invalidate("catalog", new Scope.Prefix("/"));
    origin.fetch(1).fresh("Content-Location", "/a").piece("new").complete();

    assertIsFetchedAnew(2);
  }

  @DisplayName("§4.3.5: the response to a HEAD freshens what is stored")
  @Test
  void headOfTheSame_freshens() {
    stored("ETag", "\"v1\"");
    service.time.advanceTimeBy(Duration.ofSeconds(70));

    ask(service.request("HEAD"));
    origin.fetch(2).fresh("ETag", "\"v1\"", "Content-Length", "3", "X-New", "1").complete();

    ask(service.get());
    assertThat(answers.get(1)).isEqualTo(HIT);
    assertThat(origin.fetches()).isEqualTo(2);
  }

  @DisplayName("§4.3.5, §3.2: the fields of the HEAD take the place of the stored ones")
  @Test
  void headOfTheSame_bringsItsFields() {
    stored("ETag", "\"v1\"", "X-Old", "1", "X-Both", "1");
    ask(service.request("HEAD", "Cache-Control", "no-cache"));
    origin.fetch(2).fresh("ETag", "\"v1\"", "X-Both", "2", "X-New", "2").complete();
    List<String> values = new ArrayList<>();

    ask(
        service.answer(
            "GET",
            Fields.EMPTY,
            answer -> {
              Fields fields = ((Answer.Response) answer).head().fields();
              for (String name : new String[] {"X-Old", "X-Both", "X-New"}) {
                values.addAll(fields.all(name));
              }
              return ServiceUnderTest.written(answer);
            }));

    assertThat(answers.get(1)).isEqualTo(HIT);
    assertThat(values).containsExactly("1", "2", "2");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"ETag, \"v2\"", "Content-Length, 4", "Last-Modified, x"})
  void headOfAnother_makesItUnusable(String name, String value) {
    stored("ETag", "\"v1\"");

    ask(service.request("HEAD", "Cache-Control", "no-cache"));
    origin.fetch(2).fresh(name, value).complete();

    assertIsFetchedAnew(3);
  }

  /** Has a response stored. */
  private void stored(String... fields) {
    ask(service.get());
    origin.fetch(1).fresh(fields).piece("old").complete();
    answers.clear();
  }

  private void assertIsFetchedAnew(int fetch) {
    answers.clear();
    ask(service.get());
    assertThat(answers).isEmpty();
    assertThat(origin.fetches()).isEqualTo(fetch);
    origin.fetch(fetch).fresh().piece("newer").complete();
    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("200 newer "));
  }

  private Disposable ask(Mono<String> request) {
    return request.subscribe(answers::add);
  }
}
