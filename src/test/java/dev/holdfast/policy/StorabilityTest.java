package dev.holdfast.policy;

import static dev.holdfast.policy.Given.DEFAULTS;
import static dev.holdfast.policy.Given.NOON;
import static dev.holdfast.policy.Given.NOON_DATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.NotStorable;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.StoredResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §3: storing responses in caches")
class StorabilityTest {

  private static final String FRESH = "Cache-Control: max-age=60";

  @DisplayName("§3: the request method is GET")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "GET,",
    "HEAD, METHOD",
    "POST, METHOD",
    "PUT, METHOD",
    "DELETE, METHOD",
    "PATCH, METHOD",
    "OPTIONS, METHOD",
    "QUERY, METHOD",
    "get, METHOD"
  })
  void method_mustBeGet(String method, @Nullable NotStorable reason) {
    assertThat(reason(Given.request(method), FRESH)).isEqualTo(reason);
  }

  @DisplayName("RFC 9110 §13.1.1, §13.1.4: an answer to the origin's condition may be about that")
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"If-Match", "If-Unmodified-Since", "if-match"})
  void partialRequest_isNotStored(String field) {
    assertThat(reason(Given.get(field, "x"), FRESH)).isEqualTo(NotStorable.PARTIAL_REQUEST);
    assertThat(reason(Given.get("X-" + field, "x"), FRESH)).isNull();
  }

  @DisplayName("RFC 9110 §13.1.2, §13.1.3: where such a condition holds, the answer is the whole")
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"If-None-Match", "If-Modified-Since"})
  void answerToACondition_isStored(String field) {
    assertThat(reason(Given.get(field, "x"), FRESH)).isNull();
  }

  @DisplayName("§5.2.1.5: no-store in the request")
  @ParameterizedTest(name = "[{0}]: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: no-store            | REQUEST_NO_STORE",
        "cache-control: x, No-Store         | REQUEST_NO_STORE",
        "Cache-Control: x=\"no-store\"      |",
        "Cache-Control: no-cache, max-age=0 |",
        "Pragma: no-cache                   |",
        "Pragma: no-store                   |",
      })
  void noStoreInTheRequest_isObeyed(String lines, @Nullable NotStorable reason) {
    assertThat(reason(Given.get(Given.lines(lines)), FRESH)).isEqualTo(reason);
  }

  @DisplayName("§5.2.2: no-store, private, no-cache, qualified or not")
  @ParameterizedTest(name = "[{0}]: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no-store, max-age=60                | NO_STORE",
        "max-age=60, NO-STORE                | NO_STORE",
        "no-store, private, no-cache         | NO_STORE",
        "private, max-age=60                 | PRIVATE",
        "private=\"X-One\", max-age=60       |",
        "private, public, max-age=60         | PRIVATE",
        "private, s-maxage=60                | PRIVATE",
        "no-cache, private, max-age=60       | PRIVATE",
        "no-cache, max-age=60                | NO_CACHE",
        "no-cache=\"Set-Cookie\", max-age=60 |",
        "must-understand, no-store, max-age=60 |",
        "public, max-age=60                  |",
        "max-age=60, x=\"no-store, private\" |",
        "max-age=60, must-revalidate         |",
        "max-age=60, no-transform            |",
      })
  void directiveOfTheResponse_isObeyed(String cacheControl, @Nullable NotStorable reason) {
    assertThat(reason(Given.get(), "Cache-Control: " + cacheControl)).isEqualTo(reason);
  }

  @DisplayName("§5.2.2.3: must-understand has no-store hold for unknown statuses only")
  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | must-understand, no-store, max-age=60 |",
        "404 | must-understand, no-store, max-age=60 |",
        "299 | must-understand, no-store, max-age=60 | NO_STORE",
        "299 | must-understand, max-age=60           | NO_STORE",
        "299 | max-age=60                            |",
        "200 | no-store, max-age=60                  | NO_STORE",
      })
  void mustUnderstand_isAboutTheStatus(
      int status, String cacheControl, @Nullable NotStorable reason) {
    StoredResponse response = Given.response(status, "Cache-Control", cacheControl);

    assertThat(judge(Given.get(), response)).isEqualTo(reason);
  }

  @DisplayName("RFC 9213 §2.2: the same directives in a targeted field, and only there")
  @ParameterizedTest(name = "[{0}], [{1}]: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no-store, max-age=60 | max-age=60 | NO_STORE",
        "private, max-age=60  | max-age=60 | PRIVATE",
        "no-cache, max-age=60 | max-age=60 | NO_CACHE",
        "max-age=0            | max-age=60 | STALE",
        "max-age=60           | no-store   |",
        "max-age=60           | private    |",
        "max-age=60           | no-cache   |",
        "max-age=60           | max-age=0  |",
      })
  void targetedDirective_isObeyed(
      String targeted, String untargeted, @Nullable NotStorable reason) {
    String lines = "CDN-Cache-Control: " + targeted + " ;; Cache-Control: " + untargeted;

    assertThat(reason(Given.get(), lines)).isEqualTo(reason);
  }

  @DisplayName("RFC 9110 §9.3.3: a POST's response needs a lifetime and its target's location")
  @ParameterizedTest(name = "[{0}]: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Location: /items/1 ;; Cache-Control: max-age=60 |",
        "Content-Location: /items/1                              | METHOD",
        "Content-Location: /items/2 ;; Cache-Control: max-age=60 | METHOD",
        "Cache-Control: max-age=60                               | METHOD",
      })
  void postsResponse_needsALifetimeAndALocation(String lines, @Nullable NotStorable reason) {
    URI origin = URI.create("http://origin");
    StoredResponse response = Given.written(lines);

    for (String method : new String[] {"POST", "PUT"}) {
      Storability verdict =
          Storability.judge(Given.request(method), response, origin, Given.defaultTtl(60));
      assertThat(verdict.reason()).isEqualTo(method.equals("POST") ? reason : NotStorable.METHOD);
    }
  }

  @DisplayName("override-ttl is about freshness only")
  @ParameterizedTest(name = "[{0}]: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: no-store                | NO_STORE",
        "Cache-Control: private                 | PRIVATE",
        "Cache-Control: no-cache                | NO_CACHE",
        "Set-Cookie: a=b                        | SET_COOKIE",
        "Vary: *                                | VARY_STAR",
        "Cache-Control: max-age=0               |",
        "X: 1                                   |",
      })
  void overrideTtl_makesNothingStorable(String lines, @Nullable NotStorable reason) {
    StoredResponse response = Given.written(lines);

    assertThat(Storability.judge(Given.get(), response, Given.overrideTtl(60)).reason())
        .isEqualTo(reason);
  }

  @DisplayName("override-ttl leaves errors to their own freshness")
  @Test
  void overrideTtl_isNotForErrors() {
    String[] lines = {"Cache-Control", "max-age=0"};

    assertThat(
            Storability.judge(Given.get(), Given.response(503, lines), Given.overrideTtl(60))
                .reason())
        .isEqualTo(NotStorable.STALE);
    assertThat(
            Storability.judge(Given.get(), Given.response(404, lines), Given.overrideTtl(60))
                .allowed())
        .isTrue();
  }

  @DisplayName("law 7: Set-Cookie, and cookies: private or ignore")
  @Test
  void setCookie_isPrivateUnlessIgnored() {
    String[] lines = {"Cache-Control", "public, max-age=60", "set-cookie", "a=b"};
    StoredResponse response = Given.response(200, lines);

    assertThat(Storability.judge(Given.get(), response, DEFAULTS).reason())
        .isEqualTo(NotStorable.SET_COOKIE);
    assertThat(Storability.judge(Given.get(), response, ignoringCookies()).allowed()).isTrue();
    assertThat(reason(Given.get(), "Cache-Control: public, max-age=60")).isNull();
  }

  @DisplayName("§3.5: Authorization, and Cookie like it, need public, s-maxage or must-revalidate")
  @ParameterizedTest(name = "[{0}]: shared {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60                      | false",
        "max-age=60, x=public            | false",
        "max-age=60, proxy-revalidate    | false",
        "max-age=60, public              | true",
        "max-age=60, must-revalidate     | true",
        "s-maxage=60                     | true",
        "max-age=60, s-maxage=60         | true",
      })
  void credentials_needLeaveToShare(String cacheControl, boolean shared) {
    StoredResponse response = Given.written("Cache-Control: " + cacheControl);

    assertThat(judge(Given.get("authorization", "Basic eA=="), response))
        .isEqualTo(shared ? null : NotStorable.AUTHORIZATION);
    assertThat(judge(Given.get("Cookie", "a=b"), response))
        .isEqualTo(shared ? null : NotStorable.COOKIE);
    assertThat(judge(Given.get(), response)).isNull();
  }

  @Test
  void cookies_areNoCredentialsWhereTheyAreIgnored() {
    StoredResponse response = Given.written(FRESH);
    RequestHead withCookie = Given.get("Cookie", "a=b");
    RequestHead withBoth = Given.get("Cookie", "a=b", "Authorization", "Basic eA==");

    assertThat(Storability.judge(withCookie, response, ignoringCookies()).allowed()).isTrue();
    assertThat(Storability.judge(withBoth, response, ignoringCookies()).reason())
        .isEqualTo(NotStorable.AUTHORIZATION);
  }

  @Test
  void credentialsInTheKey_needNoLeaveToShareAndMakePrivateNoLess() {
    CachePolicy perCredential =
        new CachePolicy(
            Duration.ZERO, null, null, Set.of(), true, true, Duration.ZERO, Duration.ZERO);
    RequestHead request = Given.get("Authorization", "Basic eA==");
    StoredResponse response = Given.written(FRESH);

    assertThat(Storability.judge(request, response, perCredential).allowed()).isTrue();
    assertThat(Storability.judge(request, response, Given.DEFAULTS).reason())
        .isEqualTo(NotStorable.AUTHORIZATION);
    assertThat(
            Storability.judge(
                    request, Given.written("Cache-Control: private, max-age=60"), perCredential)
                .reason())
        .isEqualTo(NotStorable.PRIVATE);
    assertThat(
            Storability.judge(
                    Given.get("Authorization", "Basic eA==", "Cookie", "a=b"),
                    response,
                    perCredential)
                .reason())
        .isEqualTo(NotStorable.COOKIE);
  }

  @DisplayName("an event stream is not stored, whatever it says of its freshness")
  @ParameterizedTest(name = "Content-Type: {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream                | EVENT_STREAM",
        "TEXT/Event-Stream                | EVENT_STREAM",
        "text/event-stream;charset=utf-8  | EVENT_STREAM",
        "text/event-stream ; charset=\"x\" | EVENT_STREAM",
        "text/plain                       |",
        "text/event-streams               |",
        "application/text/event-stream    |",
        "text/plain; x=text/event-stream  |",
        "''                               |",
      })
  void eventStream_isNotStored(String type, @Nullable NotStorable reason) {
    String lines = FRESH + ";; Content-Type: " + type;
    StoredResponse response = Given.written(lines);

    assertThat(reason(Given.get(), lines)).isEqualTo(reason);
    assertThat(Storability.judge(Given.get(), response, Given.overrideTtl(60)).reason())
        .isEqualTo(reason);
    assertThat(reason(Given.get(), FRESH + ";; content-type: a/b;; Content-Type: " + type))
        .isEqualTo(reason);
  }

  @DisplayName("§4.1: Vary")
  @ParameterizedTest(name = "Vary: {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*                     | VARY_STAR",
        "Accept, *             | VARY_STAR",
        "Accept                |",
        "a,b,c,d,e,f,g,h       |",
        "a,b,c,d,e,f,g,h,A,b,h |",
        "a,b,c,d,e,f,g,h,,     |",
        "a,b,c,d,e,f,g,h,i     | VARY_TOO_WIDE",
        "a,b,c,d,e,f,g,h,i,*   | VARY_STAR",
      })
  void vary_mustNominateAFewFields(String vary, @Nullable NotStorable reason) {
    assertThat(reason(Given.get(), FRESH + ";; Vary: " + vary)).isEqualTo(reason);
  }

  @Test
  void varyOverSeveralLines_isCountedTogether() {
    String eight =
        IntStream.rangeClosed(1, Storability.MAX_VARY_NAMES)
            .mapToObj(i -> ";; Vary: X-" + i)
            .collect(Collectors.joining());

    assertThat(reason(Given.get(), FRESH + eight)).isNull();
    assertThat(reason(Given.get(), FRESH + eight + ";; Vary: X-9"))
        .isEqualTo(NotStorable.VARY_TOO_WIDE);
  }

  @DisplayName(
      "§3, §4.2.2: which statuses are stored, by default-ttl or by what they say themselves")
  @ParameterizedTest(name = "{0}: by default-ttl {1}, by max-age {2}")
  @CsvSource({
    "200,, ",
    "203,, ",
    "204,, ",
    "300,, ",
    "301,, ",
    "308,, ",
    "404,, ",
    "410,, ",
    "201, NO_FRESHNESS, ",
    "302, NO_FRESHNESS, ",
    "307, NO_FRESHNESS, ",
    "403, NO_FRESHNESS, ",
    "405, NO_FRESHNESS, ",
    "414, NO_FRESHNESS, ",
    "451, NO_FRESHNESS, ",
    "500, NO_FRESHNESS, ",
    "501, NO_FRESHNESS, ",
    "503, NO_FRESHNESS, ",
    "599, NO_FRESHNESS, ",
    "206, PARTIAL_RESPONSE, PARTIAL_RESPONSE",
    "304, STATUS, STATUS",
    "400, STATUS, STATUS",
    "413, STATUS, STATUS",
    "416, STATUS, STATUS",
    "431, STATUS, STATUS",
    "101, STATUS, STATUS",
  })
  void status_isStoredOrNot(
      int status, @Nullable NotStorable byDefault, @Nullable NotStorable bySaying) {
    StoredResponse silent = Given.response(status);
    StoredResponse saying = Given.response(status, Given.lines(FRESH));

    assertThat(Storability.judge(Given.get(), silent, Given.defaultTtl(60)).reason())
        .isEqualTo(byDefault);
    assertThat(Storability.judge(Given.get(), silent, Given.overrideTtl(60)).reason())
        .isEqualTo(byDefault);
    assertThat(judge(Given.get(), saying)).isEqualTo(bySaying);
  }

  @DisplayName("§3: neither the response nor the configuration says how long, nor can it be asked")
  @ParameterizedTest(name = "[{0}]: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "X: 1                                   | NO_FRESHNESS",
        "Cache-Control: public                  | NO_FRESHNESS",
        "Last-Modified: Mon, 23 Nov 2026 11:00:00 GMT |",
        "ETag: a                                |",
        "Cache-Control: max-age=1               |",
        "Cache-Control: s-maxage=1              |",
        "Expires: Mon, 23 Nov 2026 12:00:01 GMT |",
      })
  void freshness_mustBeSaid(String lines, @Nullable NotStorable reason) {
    assertThat(reason(Given.get(), lines)).isEqualTo(reason);
  }

  @DisplayName("§4.2: stale on arrival is of no use")
  @ParameterizedTest(name = "[{0}]: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: max-age=0                                | STALE",
        "Cache-Control: max-age=x                                | STALE",
        "Cache-Control: s-maxage=0, max-age=60                   | STALE",
        "Expires: 0                                              | STALE",
        "Expires: Mon, 23 Nov 2026 12:00:00 GMT                  | STALE",
        "Cache-Control: max-age=60 ;; Age: 60                    | STALE",
        "Cache-Control: max-age=60 ;; Age: 59                    |",
        "Cache-Control: max-age=60 ;; Date: Mon, 23 Nov 2026 11:59:00 GMT | STALE",
        "Cache-Control: max-age=60 ;; Date: Mon, 23 Nov 2026 11:59:01 GMT |",
      })
  void staleOnArrival_isNotStored(String lines, @Nullable NotStorable reason) {
    assertThat(reason(Given.get(), lines)).isEqualTo(reason);
    assertThat(
            Storability.judge(Given.get(), Given.written(lines), Given.defaultTtl(3600)).reason())
        .isEqualTo(reason);
  }

  @DisplayName("§4.2.3: the delay of the response counts")
  @ParameterizedTest(name = "{0} s: {1}")
  @CsvSource({"4,", "5, STALE"})
  void slowOrigin_makesAShortLifetimeStale(long delaySeconds, @Nullable NotStorable reason) {
    StoredResponse response =
        Given.received(
            NOON.minusSeconds(delaySeconds),
            NOON,
            Given.get(),
            200,
            Given.lines("Cache-Control: max-age=5 ;; Date: " + NOON_DATE));

    assertThat(judge(Given.get(), response)).isEqualTo(reason);
  }

  @Test
  void storable_isKeptWhileFreshAndADayMore() {
    StoredResponse response = Given.written("Cache-Control: max-age=60 ;; Age: 20");

    assertThat(Storability.judge(Given.get(), response, DEFAULTS))
        .isEqualTo(new Storability(null, Duration.ofSeconds(40).plusDays(1)));
    assertThat(Storability.judge(Given.get(), response, Given.overrideTtl(90)))
        .isEqualTo(new Storability(null, Duration.ofSeconds(70).plusDays(1)));
    assertThat(Storability.judge(Given.request("POST"), response, DEFAULTS))
        .isEqualTo(new Storability(NotStorable.METHOD, Duration.ZERO));
  }

  @Test
  void requestAlone_canRuleStoringOut() {
    assertThat(Storability.couldStore(Given.get("Authorization", "x", "Cookie", "a=b"))).isTrue();
    assertThat(Storability.couldStore(Given.get("Cache-Control", "no-cache"))).isTrue();
    assertThat(Storability.couldStore(Given.get("Cache-Control", "no-store"))).isFalse();
    assertThat(Storability.couldStore(Given.get("Range", "bytes=0-1"))).isTrue();
    assertThat(Storability.couldStore(Given.get("If-Match", "*"))).isFalse();
    assertThat(Storability.couldStore(Given.request("HEAD"))).isFalse();
  }

  private static CachePolicy ignoringCookies() {
    return Given.policy(0, null, false);
  }

  private static @Nullable NotStorable reason(RequestHead request, String lines) {
    return judge(request, Given.written(lines));
  }

  private static @Nullable NotStorable judge(RequestHead request, StoredResponse response) {
    Storability verdict = Storability.judge(request, response, DEFAULTS);
    assertThat(verdict.allowed()).isEqualTo(verdict.reason() == null);
    return verdict.reason();
  }
}
