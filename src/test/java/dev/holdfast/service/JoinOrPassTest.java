package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.spy;

import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.origin.OriginFailures;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Requests that start nothing others could join, but join what runs: HEAD and no-store. */
class JoinOrPassTest {

  private static final CacheKey KEY = new CacheKey("catalog", "/a");
  private static final String COLLAPSED = "holdfast;fwd=uri-miss;fwd-status=200;stored;collapsed";

  private final Store store = spy(new Store(1_000_000, () -> 0));
  private final ServiceUnderTest service = new ServiceUnderTest(100, store);
  private final FakeOrigin origin = service.origin;
  private final List<String> answers = new ArrayList<>();

  @AfterEach
  void nothingRuns() {
    service.close();
  }

  @Test
  void headRequest_getsTheHeadOfTheFillThatRuns() {
    ask(service.get());
    ask(service.request("HEAD"));
    origin.fetch(1).fresh("Content-Length", "5").piece("hel");
    ask(service.request("HEAD"));

    assertThat(answers).containsExactly("200  " + COLLAPSED, "200  " + COLLAPSED);
    origin.fetch(1).piece("lo").complete();
    assertThat(answers.get(2)).startsWith("200 hello ");
    assertThat(origin.fetches()).isEqualTo(1);
    assertThat(service.log)
        .containsExactly(
            "MISS after 0 ms", "COLLAPSED after 0 ms", "COLLAPSED after 0 ms", "stored");
  }

  @Test
  void headRequest_getsTheHeadOfAnEmptyResponseOnceItIsStored() {
    ask(service.get());
    ask(service.request("HEAD"));
    origin.fetch(1).fresh("Content-Length", "0");
    assertThat(answers).isEmpty();

    origin.fetch(1).complete();

    assertThat(answers).hasSize(2).contains("200  " + COLLAPSED);
    assertThat(store.peek(KEY, Fields.EMPTY)).isNotNull();
  }

  @Test
  void headRequest_leavesTheFillAtItsHead() {
    ask(service.get());
    List<Integer> attached = new ArrayList<>();
    Disposable slow =
        ask(
            service.answer(
                "HEAD",
                Fields.EMPTY,
                answer -> {
                  attached.add(service.fills.running().get(0).callers());
                  return Mono.never();
                }));
    assertThat(service.fills.running().get(0).callers()).isEqualTo(2);

    origin.fetch(1).fresh().piece("hel");

    assertThat(attached).containsExactly(1);
    origin.fetch(1).piece("lo").complete();
    assertThat(answers).hasSize(1);
    slow.dispose();
  }

  @Test
  void onlyAHeadRequestIsLeft_theFillGoesOn() {
    ask(service.get()).dispose();
    ask(service.request("HEAD"));
    origin.fetch(1).fresh().piece("hel");

    assertThat(answers).containsExactly("200  " + COLLAPSED);
    assertThat(origin.fetch(1).isCancelled()).isFalse();
    origin.fetch(1).piece("lo").complete();
    ask(service.get());
    assertThat(answers.get(1)).isEqualTo("200 hello holdfast;hit;ttl=60");
  }

  @Test
  void noStoreRequest_followsTheFillThatRuns() {
    ask(service.get());
    ask(service.get("Cache-Control", "no-store"));

    origin.fetch(1).fresh().piece("hello").complete();

    assertThat(answers).hasSize(2).contains("200 hello " + COLLAPSED);
    assertThat(origin.fetches()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD, X-Nothing, method",
    "GET, Cache-Control, request-no-store",
  })
  void nothingRuns_isPassedAndNotJoined(String method, String field, String detail) {
    ask(service.request(method, field, "no-store"));
    ask(service.request(method, field, "no-store"));
    ask(service.get());
    assertThat(origin.fetches()).isEqualTo(3);

    origin.fetch(1).fresh().complete();
    origin.fetch(2).fresh().complete();
    origin.fetch(3).fresh().complete();

    String passed = "200  holdfast;fwd=uri-miss;fwd-status=200;detail=" + detail;
    assertThat(answers)
        .containsExactly(passed, passed, "200  holdfast;fwd=uri-miss;fwd-status=200;stored");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, If-Match, *",
    "HEAD, If-Unmodified-Since, x",
    "GET, Cache-Control, no-cache",
    "HEAD, Cache-Control, no-cache",
    "GET, Cache-Control, 'no-cache, no-store'",
    "OPTIONS, X-Nothing, 1",
  })
  void requestForTheOrigin_doesNotJoin(String method, String name, String value) {
    ask(service.get());

    ask(service.request(method, name, value));

    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(2).fresh().complete();
    assertThat(answers).hasSize(1).noneMatch(answer -> answer.contains("collapsed"));
    origin.fetch(1).fresh().complete();
  }

  @ParameterizedTest
  @CsvSource({"HEAD, X-Nothing", "GET, Cache-Control"})
  void responseIsAnothersOwn_isFetchedAlone(String method, String field) {
    ask(service.get());
    ask(service.request(method, field, "no-store"));

    origin.fetch(1).head(200, "Cache-Control", "private").piece("theirs").complete();
    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(2).head(200, "Cache-Control", "private").complete();

    assertThat(answers).hasSize(2);
    assertThat(answers.get(1)).startsWith("200  holdfast;fwd=uri-miss;fwd-status=200;detail=");
  }

  @Test
  void responseIsOfAnotherVariant_isFetchedAlone() {
    ask(service.get("Accept-Language", "en"));
    ask(service.request("HEAD", "Accept-Language", "de"));
    ask(service.request("HEAD", "Accept-Language", "en"));

    origin.fetch(1).fresh("Vary", "Accept-Language").complete();

    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(2).head(200).complete();
    assertThat(answers).hasSize(3).contains("200  " + COLLAPSED);
    assertThat(answers.get(2)).contains("detail=method").doesNotContain("collapsed");
  }

  @Test
  void fillFails_joinerIsToldSo() {
    ask(service.get());
    ask(service.request("HEAD"));

    origin.fetch(1).fail(OriginFailures.broken());

    assertThat(answers)
        .hasSize(2)
        .contains("502 origin-failed holdfast;fwd=uri-miss;collapsed;detail=origin-failed");
    assertThat(origin.fetches()).isEqualTo(1);
  }

  @Test
  void joinerTimesOut_isToldThatTheFetchGoesOn() {
    ask(service.get()).dispose();
    ask(
        service.answer(
            "HEAD",
            Fields.EMPTY,
            answer -> Mono.just("continues: " + ((Answer.Problem) answer).fetchContinues())));

    service.time.advanceTimeBy(Duration.ofSeconds(2));

    assertThat(answers).containsExactly("continues: true");
    assertThat(origin.fetch(1).isCancelled()).isFalse();
    origin.fetch(1).fresh().complete();
  }

  @Test
  void storedResponseIsGoneWhenItIsToBeServed_nothingIsStartedThatOthersCouldJoin() {
    ask(service.get());
    origin.fetch(1).fresh().complete();
    Entry gone = Objects.requireNonNull(store.peek(KEY, Fields.EMPTY));
    store.close(); // frees what is stored
    assertThat(gone.body().tryRetain()).isFalse();
    doReturn(gone).doCallRealMethod().when(store).find(any(), any());

    ask(service.request("HEAD"));
    ask(service.get());

    assertThat(origin.fetches()).isEqualTo(3);
    origin.fetch(2).fresh().complete();
    origin.fetch(3).fresh().complete();
  }

  private Disposable ask(Mono<String> caller) {
    return caller.subscribe(answers::add);
  }
}
