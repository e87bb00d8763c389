package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.store.Scope;
import dev.holdfast.testing.NoLeaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

@DisplayName("RFC 9110 §14, RFC 9111 §3.3, §3.4: ranges")
@ExtendWith(NoLeaks.class)
class RangeRequestTest {

  private static final String[] FRESH = {"Cache-Control", "max-age=60", "ETag", "\"v1\""};

  private final ServiceUnderTest service = new ServiceUnderTest(100);
  private final FakeOrigin origin = service.origin;
  private final List<String> answers = new ArrayList<>();

  @AfterEach
  void nothingRuns() {
    service.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "bytes=0-1, 206 he",
    "bytes=1-3, 206 ell",
    "bytes=3-, 206 lo",
    "bytes=-1, 206 o",
    "bytes=2-100, 206 llo",
    "bytes=5-, 416 ",
    "items=0-1, 200 hello",
    "'bytes=3-4,0-1', 200 hello",
  })
  void storedWhole_answersTheRange(String range, String answer) {
    storedWhole();

    ask(service.get("Range", range));

    assertThat(answers).containsExactly(answer.strip() + pad(answer) + "holdfast;hit;ttl=60");
    assertThat(origin.fetches()).isEqualTo(1);
  }

  private static String pad(String answer) {
    return answer.startsWith("416") ? "  " : " ";
  }

  @DisplayName("RFC 9110 §15.3.7: several parts are multipart/byteranges")
  @Test
  void storedWhole_answersSeveralRangesInParts() {
    storedWhole("Content-Type", "text/plain");
    List<ResponseHead> heads = new ArrayList<>();

    ask(
        service.answer(
            "GET",
            Fields.of("Range", "bytes=0-1,3-3"),
            answer -> {
              heads.add(((Answer.Response) answer).head());
              return ServiceUnderTest.written(answer);
            }));

    Fields fields = heads.get(0).fields();
    String multipart = "multipart/byteranges; boundary=";
    assertThat(fields.all("Content-Type")).hasSize(1);
    assertThat(fields.first("Content-Type")).startsWith(multipart);
    String boundary = fields.all("Content-Type").get(0).substring(multipart.length());
    assertThat(fields.contains("Content-Range")).isFalse();
    String content =
        part(boundary, "0-1", "he") + part(boundary, "3-3", "l") + "\r\n--" + boundary + "--\r\n";
    assertThat(heads.get(0).contentLength()).hasValue(content.length());
    assertThat(answers).containsExactly("206 " + content + " holdfast;hit;ttl=60");
  }

  private static String part(String boundary, String range, String bytes) {
    return "\r\n--"
        + boundary
        + "\r\nContent-Type: text/plain\r\nContent-Range: bytes "
        + range
        + "/5\r\n\r\n"
        + bytes;
  }

  @DisplayName("RFC 9110 §14.2: only GET has ranges")
  @Test
  void head_isOfTheWhole() {
    storedWhole();

    ask(service.request("HEAD", "Range", "bytes=0-1"));

    assertThat(answers).containsExactly("200  holdfast;hit;ttl=60");
  }

  @DisplayName("RFC 9110 §13.2.2: conditions come before ranges, If-Range with them")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "If-None-Match, \"v1\", 304 ",
    "If-None-Match, \"v0\", 206 he",
    "If-Range, \"v1\", 206 he",
    "If-Range, \"v0\", 200 hello",
    "If-Range, W/\"v1\", 200 hello",
  })
  void conditions_areEvaluatedFirst(String name, String value, String answer) {
    storedWhole();

    ask(service.get("Range", "bytes=0-1", name, value));

    String body = answer.length() > 3 ? answer : answer + " ";
    assertThat(answers).containsExactly(body + " holdfast;hit;ttl=60");
  }

  @Test
  void staleWhole_isValidatedWithoutTheRange() {
    storedWhole();
    service.time.advanceTimeBy(Duration.ofSeconds(70));

    ask(service.get("Range", "bytes=0-1"));
    assertThat(origin.request(2).fields().contains("Range")).isFalse();
    assertThat(origin.request(2).fields().first("If-None-Match")).isEqualTo("\"v1\"");
    origin.fetch(2).head(304).complete();

    assertThat(answers).containsExactly("206 he holdfast;fwd=stale;fwd-status=304");
  }

  @Test
  void staleWholeHasChanged_rangeIsOfTheNewOne() {
    storedWhole();
    service.time.advanceTimeBy(Duration.ofSeconds(70));

    ask(service.get("Range", "bytes=2-7"));
    origin.fetch(2).fresh("ETag", "\"v2\"", "Content-Length", "9").piece("abc").piece("defg");
    origin.fetch(2).piece("hi").complete();
    ask(service.get());

    assertThat(answers)
        .containsExactly(
            "206 cdefgh holdfast;fwd=stale;fwd-status=200;stored",
            "200 abcdefghi holdfast;hit;ttl=60");
  }

  @Test
  void miss_goesAsItIs_andWhatIsNoPartIsPassedOn() {
    ask(service.get("Range", "bytes=0-1", "If-Range", "\"v1\""));
    assertThat(origin.request(1).fields().first("Range")).isEqualTo("bytes=0-1");
    assertThat(origin.request(1).fields().first("If-Range")).isEqualTo("\"v1\"");
    origin.fetch(1).fresh("ETag", "\"v2\"").piece("hello").complete();
    ask(service.get("Range", "bytes=1-2"));

    assertThat(answers)
        .containsExactly(
            "200 hello holdfast;fwd=uri-miss;fwd-status=200;stored", "206 el holdfast;hit;ttl=60");
  }

  @Test
  void plainFetchIsUnderWay_rangeIsCutFromIt() {
    ask(service.get());
    ask(service.get("Range", "bytes=1-2"));
    ask(service.get("Range", "bytes=0-0,4-4"));
    assertThat(origin.fetches()).isEqualTo(1);

    origin.fetch(1).fresh("Content-Length", "5").piece("hello").complete();

    String joined = " holdfast;fwd=uri-miss;fwd-status=200;stored;collapsed";
    assertThat(answers)
        .containsExactlyInAnyOrder(
            "200 hello holdfast;fwd=uri-miss;fwd-status=200;stored",
            "206 el" + joined,
            "200 hello" + joined);
  }

  @Test
  void rangeHasCome_itsCallerIsDone_thoughTheRestIsStillToCome() {
    ask(service.get());
    ask(service.get("Range", "bytes=1-2"));

    origin.fetch(1).fresh("Content-Length", "5").piece("hel");

    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("206 el "));
    origin.fetch(1).piece("lo").complete();
  }

  @DisplayName("§3.3: a stored part answers ranges in it, and nothing else")
  @Test
  void storedPart_answersRangesInIt() {
    storedPart("bytes=2-5", "bytes 2-5/10", "cdef");

    ask(service.get("Range", "bytes=3-4"));
    ask(service.get("Range", "bytes=-6", "If-Range", "\"v0\""));
    ask(service.get("Range", "bytes=5-6"));
    origin.fetch(2).fresh("ETag", "\"v1\"").piece("abcdefghij").complete();
    origin.fetch(3).head(206, partOf("bytes 5-6/10")).piece("fg").complete();

    assertThat(answers)
        .containsExactly(
            "206 de holdfast;hit;ttl=60",
            "200 abcdefghij holdfast;fwd=partial;fwd-status=200;stored",
            "206 fg holdfast;fwd=partial;fwd-status=206;stored");
  }

  @DisplayName("§3.4: parts that meet are put together")
  @ParameterizedTest(name = "{0}-{1}")
  @CsvSource({"6, 7", "4, 7", "0, 1", "0, 3", "0, 8", "3, 4"})
  void partsThatMeet_answerRangesOfBoth(int first, int last) {
    storedPart("bytes=2-5", "bytes 2-5/10", "cdef");

    ask(service.get("Range", "bytes=" + first + "-" + last, "Cache-Control", "no-cache"));
    String bytes = "abcdefghij".substring(first, last + 1);
    origin
        .fetch(2)
        .head(206, partOf("bytes " + first + "-" + last + "/10"))
        .piece(bytes)
        .complete();
    int from = Math.min(first, 2);
    int to = Math.max(last, 5);
    ask(service.get("Range", "bytes=" + from + "-" + to));

    String both = "abcdefghij".substring(from, to + 1);
    assertThat(answers.get(1)).isEqualTo("206 " + both + " holdfast;hit;ttl=60");
    assertThat(origin.fetches()).isEqualTo(2);
  }

  @Test
  void partsThatMakeTheWhole_answerAll() {
    storedPart("bytes=0-5", "bytes 0-5/10", "abcdef");
    ask(service.get("Range", "bytes=6-"));
    origin.fetch(2).head(206, partOf("bytes 6-9/10")).piece("ghij").complete();

    ask(service.get());
    ask(service.request("HEAD"));

    assertThat(answers.subList(1, 3))
        .containsExactly("200 abcdefghij holdfast;hit;ttl=60", "200  holdfast;hit;ttl=60");
  }

  @DisplayName(
      "§3.4: what has another validator, or leaves a gap, takes the place of what there was")
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"\"v2\", bytes 6-7/10", "W/\"v1\", bytes 6-7/10", "\"v1\", bytes 7-8/10"})
  void partsThatDoNotFit_areNotPutTogether(String etag, String range) {
    storedPart("bytes=2-5", "bytes 2-5/10", "cdef");
    ask(service.get("Range", "bytes=6-7"));
    origin
        .fetch(2)
        .head(206, "Cache-Control", "max-age=60", "ETag", etag, "Content-Range", range)
        .piece("xy")
        .complete();
    answers.clear();

    ask(service.get("Range", "bytes=5-6"));
    assertThat(origin.fetches()).isEqualTo(3);
    origin.fetch(3).head(206, partOf("bytes 5-6/10")).piece("fg").complete();

    assertThat(answers).hasSize(1).noneMatch(answer -> answer.contains("hit"));
  }

  @Test
  void partIsShorterThanItSays_isNotStored() {
    ask(service.get("Range", "bytes=2-5"));
    origin.fetch(1).head(206, partOf("bytes 2-5/10")).piece("cd").complete();

    ask(service.get("Range", "bytes=2-2"));
    assertThat(origin.fetches()).isEqualTo(2);
    origin.fetch(2).head(206, partOf("bytes 2-2/10")).piece("c").complete();
    assertThat(service.log).contains("not_storable", "stored");
  }

  @DisplayName("§3.3: the rest of a stored beginning is asked for, and makes the whole")
  @Test
  void storedBeginning_isCompleted() {
    storedPart("bytes=0-3", "bytes 0-3/10", "abcd");

    ask(service.get());
    ask(service.get("Range", "bytes=2-5"));
    assertThat(origin.fetches()).isEqualTo(2);
    assertThat(origin.request(2).fields().first("Range")).isEqualTo("bytes=4-");
    assertThat(origin.request(2).fields().first("If-Range")).isEqualTo("\"v1\"");
    origin.fetch(2).head(206, partOf("bytes 4-9/10")).piece("efghij").complete();
    ask(service.get());

    assertThat(answers)
        .containsExactlyInAnyOrder(
            "200 abcdefghij holdfast;fwd=partial;fwd-status=206;stored",
            "206 cdef holdfast;fwd=partial;fwd-status=206;stored;collapsed",
            "200 abcdefghij holdfast;hit;ttl=60");
  }

  @Test
  void representationHasChanged_isFetchedWhole() {
    storedPart("bytes=0-3", "bytes 0-3/10", "abcd");

    ask(service.get());
    origin.fetch(2).fresh("ETag", "\"v2\"").piece("changed").complete();
    ask(service.get());

    assertThat(answers)
        .containsExactly(
            "200 changed holdfast;fwd=partial;fwd-status=200;stored",
            "200 changed holdfast;hit;ttl=60");
  }

  @DisplayName("what is no rest of it is not taken for one: the whole is fetched")
  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource({
    "206, bytes 5-9/10, \"v1\"",
    "206, bytes 4-8/10, \"v1\"",
    "206, bytes 4-9/10, \"v2\"",
    "206, bytes 0-9/10, \"v1\"",
    "416, bytes */4, \"v2\"",
    "304, '', \"v1\"",
  })
  void restDoesNotFit_wholeIsFetched(int status, String range, String etag) {
    storedPart("bytes=0-3", "bytes 0-3/10", "abcd");

    ask(service.get());
    origin
        .fetch(2)
        .head(status, "Cache-Control", "max-age=60", "ETag", etag, "Content-Range", range);
    assertThat(origin.fetch(2).isCancelled()).isTrue();
    assertThat(origin.request(3).fields().contains("Range")).isFalse();
    origin.fetch(3).fresh("ETag", "\"v3\"").piece("whole").complete();

    assertThat(answers).containsExactly("200 whole holdfast;fwd=uri-miss;fwd-status=200;stored");
  }

  @Test
  void wholeMayNotBeStoredAnyMore_partIsDropped() {
    storedPart("bytes=0-3", "bytes 0-3/10", "abcd");

    ask(service.get());
    origin
        .fetch(2)
        .head(206, "Cache-Control", "no-store", "ETag", "\"v1\"", "Content-Range", "bytes 4-9/10");
    assertThat(origin.fetches()).isEqualTo(3);
    origin.fetch(3).head(200, "Cache-Control", "no-store").piece("whole").complete();
    ask(service.get());
    assertThat(origin.request(4).fields().contains("Range")).isFalse();
    origin.fetch(4).head(200, "Cache-Control", "no-store").piece("again").complete();

    assertThat(answers).hasSize(2);
  }

  @DisplayName("law 2: what was fetched before an invalidation completes nothing")
  @Test
  void storedBeginningIsInvalidatedMeanwhile_wholeIsFetched() {
    storedPart("bytes=0-3", "bytes 0-3/10", "abcd");
    origin.isFull();
    ask(service.get());
    ask(service.request("POST"));
    origin.fetch(3).begin().head(204).complete();

    origin.fetch(2).begin().head(206, partOf("bytes 4-9/10"));
    origin.fetch(4).begin().fresh().piece("anew").complete();

    assertThat(answers.get(1)).isEqualTo("200 anew holdfast;fwd=uri-miss;fwd-status=200;stored");
  }

  @DisplayName(
      "law 2: nor what is stored still, as an invalidation of more than it searches nothing")
  @Test
  void storedBeginningIsInvalidatedWithItsPrefix_wholeIsFetched() {
    storedPart("bytes=0-3", "bytes 0-3/10", "abcd");
    origin.isFull();
    ask(service.get());
    service.store.invalidate("catalog", new Scope.Prefix("/a"));

    origin.fetch(2).begin().head(206, partOf("bytes 4-9/10"));
    origin.fetch(3).begin().fresh().piece("anew").complete();

    assertThat(answers).containsExactly("200 anew holdfast;fwd=uri-miss;fwd-status=200;stored");
  }

  @DisplayName("a caller's leaving does not undo the write of a part, either")
  @Test
  void callerLeaves_partIsStored() {
    service.get("Range", "bytes=2-5").subscribe().dispose();
    origin.fetch(1).head(206, partOf("bytes 2-5/10")).piece("cdef").complete();

    ask(service.get("Range", "bytes=2-5"));

    assertThat(answers).containsExactly("206 cdef holdfast;hit;ttl=60");
  }

  @DisplayName("max-stored-body is 1,000: neither put together nor completed beyond")
  @Test
  void wholeIsTooLong_isNotCompleted() {
    storedPart("bytes=0-3", "bytes 0-3/1001", "abcd");

    ask(service.get());
    assertThat(origin.request(2).fields().contains("Range")).isFalse();
    origin.fetch(2).head(200, "Content-Length", "1001").piece("x".repeat(1001)).complete();

    assertThat(answers.get(0)).endsWith("detail=no-freshness");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age=60, stale-if-error=60", "max-age=60, stale-while-revalidate=60"})
  void stalePart_isOfNoUseForTheWhole(String cacheControl) {
    ask(service.get("Range", "bytes=0-3"));
    origin
        .fetch(1)
        .head(206, "Cache-Control", cacheControl, "ETag", "\"v1\"", "Content-Range", "bytes 0-3/10")
        .piece("abcd")
        .complete();
    service.time.advanceTimeBy(Duration.ofSeconds(70));
    answers.clear();

    ask(service.get());
    origin.fetch(2).head(503).complete();

    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("503 "));
  }

  private static String[] partOf(String contentRange) {
    List<String> fields = new ArrayList<>(List.of(FRESH));
    fields.addAll(List.of("Content-Range", contentRange));
    return fields.toArray(String[]::new);
  }

  private void storedPart(String range, String contentRange, String bytes) {
    ask(service.get("Range", range));
    origin.fetch(1).head(206, partOf(contentRange)).piece(bytes).complete();
    assertThat(answers)
        .containsExactly("206 " + bytes + " holdfast;fwd=uri-miss;fwd-status=206;stored");
    answers.clear();
  }

  private void storedWhole(String... more) {
    ask(service.get());
    List<String> fields = new ArrayList<>(List.of("ETag", "\"v1\""));
    fields.addAll(List.of(more));
    origin.fetch(1).fresh(fields.toArray(String[]::new)).piece("hel").piece("lo").complete();
    answers.clear();
  }

  private void ask(Mono<String> request) {
    request.subscribe(answers::add);
  }
}
