package dev.holdfast.policy;

import static dev.holdfast.policy.Given.DEFAULTS;
import static dev.holdfast.policy.Given.NOON;
import static dev.holdfast.policy.Given.noonPlus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Forwarded;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.StoredResponse;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §4: constructing responses from caches")
class ReuseTest {

  /** Stored at noon, fresh for a minute. */
  private static final StoredResponse STORED = Given.written("Cache-Control: max-age=60 ;; Age: 0");

  /** What is there when the request comes, and why it is forwarded if it must be. */
  private enum Found {
    NOTHING(Forwarded.URI_MISS),
    OTHER_VARIANT(Forwarded.VARY_MISS),
    STALE(Forwarded.STALE),
    FRESH(Forwarded.REQUEST);

    private final Forwarded why;

    Found(Forwarded why) {
      this.why = why;
    }
  }

  @DisplayName("§4.2: served until its last fresh moment, with its age")
  @ParameterizedTest(name = "{0} s after noon: {1} s old, {2} s left")
  @CsvSource({"0, 0, 60", "1, 1, 59", "59, 59, 1", "59.999, 59.999, 0.001"})
  void freshResponse_isServed(double sinceSeconds, double age, double ttl) {
    Decision served = new Decision.Serve(seconds(age), seconds(ttl), false, false);

    assertThat(decideAt(sinceSeconds, Given.get())).isEqualTo(served);
    assertThat(decideAt(sinceSeconds, Given.request("HEAD"))).isEqualTo(served);
  }

  @DisplayName("§4.2: stale from then on")
  @ParameterizedTest(name = "{0} s after noon")
  @ValueSource(doubles = {60, 60.001, 61, 86_400})
  void staleResponse_isNotServed(double sinceSeconds) {
    assertThat(decideAt(sinceSeconds, Given.get()))
        .isEqualTo(new Decision.Join(Forwarded.STALE, false));
    assertThat(decideAt(sinceSeconds, Given.request("HEAD")))
        .isEqualTo(new Decision.JoinOrPass(new Decision.Pass(Forwarded.STALE, false, true)));
  }

  @Test
  void clockSetBack_doesNotMakeAnAgeNegative() {
    assertThat(decideAt(-30, Given.get()))
        .isEqualTo(new Decision.Serve(Duration.ZERO, Duration.ofSeconds(60), false, false));
  }

  @DisplayName("§3: what is missing is fetched once for all; HEAD and no-store start nothing")
  @ParameterizedTest
  @EnumSource(names = "FRESH", mode = EnumSource.Mode.EXCLUDE)
  void missingResponse_isJoinedOrPassed(Found found) {
    Decision joined = new Decision.Join(found.why, false);
    Decision.Pass passed = new Decision.Pass(found.why, false, true);
    Decision joinedOrPassed = new Decision.JoinOrPass(passed);
    RequestHead noStore = Given.get("Cache-Control", "no-store");

    assertThat(decide(found, Given.get(), false)).isEqualTo(joined);
    assertThat(decide(found, Given.get(), true)).isEqualTo(passed);
    assertThat(decide(found, Given.request("HEAD"), false)).isEqualTo(joinedOrPassed);
    assertThat(decide(found, Given.request("HEAD"), true)).isEqualTo(passed);
    assertThat(decide(found, noStore, false)).isEqualTo(joinedOrPassed);
    assertThat(decide(found, noStore, true)).isEqualTo(passed);
  }

  @DisplayName("§3.5: nobody waits for what credentials bring, unless all may have that")
  @ParameterizedTest(name = "{0}, stored with {1}: joinable {2}")
  @CsvSource({
    "X-Other: x, max-age=60, true",
    "Authorization: x, max-age=60, false",
    "Cookie: a=b, max-age=60, false",
    "Authorization: x, 'public, max-age=60', true",
    "Authorization: x, s-maxage=60, true",
    "Authorization: x, 'must-revalidate, max-age=60', true",
    "Cookie: a=b, 'public, max-age=60', true",
    "Authorization: x, 'max-age=60, stale-if-error=60', false",
  })
  void credentials_startAJoinableFetchOnlyAfterTheOriginsWord(
      String line, String directives, boolean joinable) {
    RequestHead request = Given.get(Given.lines(line));
    StoredResponse stored = Given.written("Cache-Control: " + directives);
    boolean anybody = line.startsWith("X-Other");

    assertThat(decide(Found.NOTHING, request, false))
        .isEqualTo(joinableIf(anybody, Forwarded.URI_MISS));
    assertThat(decide(Found.OTHER_VARIANT, request, false))
        .isEqualTo(joinableIf(anybody, Forwarded.VARY_MISS));
    assertThat(Reuse.decide(request, stored, true, false, DEFAULTS, noonPlus(60)))
        .isEqualTo(joinableIf(joinable, Forwarded.STALE));
    assertThat(Reuse.decide(request, stored, true, true, DEFAULTS, noonPlus(60)))
        .isEqualTo(new Decision.Pass(Forwarded.STALE, false, true));
  }

  private static Decision joinableIf(boolean joinable, Forwarded why) {
    return joinable
        ? new Decision.Join(why, false)
        : new Decision.JoinOrPass(new Decision.Pass(why, false, false));
  }

  @DisplayName("§3.5: what is part of the key, or says nothing by the policy, keeps nobody apart")
  @Test
  void credentialsThatDoNotCount_startAJoinableFetch() {
    CachePolicy neither =
        new CachePolicy(
            Duration.ZERO, null, null, Set.of(), false, true, Duration.ZERO, Duration.ZERO);
    RequestHead request = Given.get("Authorization", "x", "Cookie", "a=b");

    assertThat(Reuse.decide(request, null, false, false, neither, NOON))
        .isEqualTo(new Decision.Join(Forwarded.URI_MISS, false));
    assertThat(Reuse.decide(request, null, false, false, DEFAULTS, NOON))
        .isInstanceOf(Decision.JoinOrPass.class);
  }

  @DisplayName("RFC 5861 §3: stale is used, and fetched anew by whom that could renew it for")
  @ParameterizedTest(name = "{0}, stored with {1}: fetched anew {2}")
  @CsvSource({
    "X-Other: x, max-age=60, true",
    "Cache-Control: no-store, max-age=60, false",
    "Authorization: x, max-age=60, false",
    "Cookie: a=b, max-age=60, false",
    "Authorization: x, 'public, max-age=60', true",
    "Cookie: a=b, 'public, max-age=60', true",
  })
  void staleWhileRevalidating_isFetchedAnewWhereThatMayTakeItsPlace(
      String line, String directives, boolean refresh) {
    StoredResponse stored =
        Given.written("Cache-Control: stale-while-revalidate=30, " + directives);

    assertThat(
            Reuse.decide(Given.get(Given.lines(line)), stored, true, false, DEFAULTS, noonPlus(70)))
        .isEqualTo(new Decision.Serve(seconds(70), seconds(-10), true, refresh));
  }

  @DisplayName("§5.2.1.4, §5.4: some requests want the origin asked; RFC 9211 §2.2")
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Cache-Control: no-cache",
        "Cache-Control: x, No-Cache",
        "Cache-Control: max-age=5 ;; Cache-Control: no-cache",
        "Cache-Control: no-cache, no-store",
        "Cache-Control: no-cache, max-stale",
        "Pragma: no-cache",
        "pragma: x, No-Cache",
      })
  void requestThatWantsTheOrigin_isPassed(String lines) {
    for (Found found : Found.values()) {
      Decision whole = new Decision.Pass(found.why, false, false);
      Decision asSent = new Decision.Pass(found.why, false, true);

      assertThat(decide(found, Given.get(Given.lines(lines)), false)).isEqualTo(whole);
      assertThat(decide(found, Given.request("HEAD", Given.lines(lines)), false)).isEqualTo(asSent);
      assertThat(decide(found, Given.request("HEAD", Given.lines(lines)), true)).isEqualTo(asSent);
    }
  }

  @DisplayName("RFC 9110 §13.1.1, §13.1.4: conditions on the origin's state")
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"If-Match: x", "If-Unmodified-Since: x"})
  void requestForTheOrigin_goesThereAsItIs(String lines) {
    for (Found found : Found.values()) {
      Decision asSent = new Decision.Pass(found.why, false, true);

      assertThat(decide(found, Given.get(Given.lines(lines)), false)).isEqualTo(asSent);
      assertThat(decide(found, Given.request("HEAD", Given.lines(lines)), false)).isEqualTo(asSent);
      assertThat(decide(found, Given.get(Given.lines(lines)), true)).isEqualTo(asSent);
    }
  }

  @DisplayName("§5.2.1, §5.4: others are not, and no-store is about storing")
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Cache-Control: no-store",
        "Cache-Control: x=\"no-cache\"",
        "Cache-Control: max-age=60 ;; Pragma: no-cache",
        "Pragma: nothing",
        "Authorization: Basic eA==",
        "Cookie: a=b",
        "X-Range: bytes=0-1",
        "If-None-Match: x",
        "If-Modified-Since: x",
        "If-Range: x",
      })
  void otherRequest_isServed(String lines) {
    assertThat(decide(Found.FRESH, Given.get(Given.lines(lines)), true))
        .isInstanceOf(Decision.Serve.class);
  }

  @DisplayName("§4: the method must allow it")
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY", "get"})
  void otherMethod_isPassed(String method) {
    for (Found found : Found.values()) {
      assertThat(decide(found, Given.request(method), false))
          .isEqualTo(new Decision.Pass(Forwarded.METHOD, false, true));
      assertThat(decide(found, Given.request(method, "Cache-Control", "no-cache"), false))
          .isEqualTo(new Decision.Pass(Forwarded.METHOD, false, true));
    }
  }

  @DisplayName("§3.5: nobody validates what the answer to it could not freshen")
  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "Authorization: x, max-age=60, false",
    "Cookie: a=b, max-age=60, false",
    "X-Other: x, max-age=60, true",
    "Authorization: x, 'public, max-age=60', true",
    "Cookie: a=b, 'public, max-age=60', true",
  })
  void credentials_validateWhatIsForAll(String line, String directives, boolean validated) {
    StoredResponse stored = Given.written("ETag: \"a\" ;; Cache-Control: " + directives);

    assertThat(
            Reuse.decide(Given.get(Given.lines(line)), stored, true, false, DEFAULTS, noonPlus(60)))
        .isEqualTo(
            validated
                ? new Decision.Join(Forwarded.STALE, true)
                : new Decision.JoinOrPass(new Decision.Pass(Forwarded.STALE, false, false)));
  }

  @Test
  void policy_decidesOnFreshness() {
    StoredResponse silent = Given.written("X: 1");

    assertThat(decide(silent, Given.defaultTtl(10), 9)).isInstanceOf(Decision.Serve.class);
    assertThat(decide(silent, Given.defaultTtl(10), 10)).isInstanceOf(Decision.Join.class);
    assertThat(decide(silent, DEFAULTS, 0)).isInstanceOf(Decision.Join.class);
    assertThat(decide(STORED, Given.overrideTtl(90), 89)).isInstanceOf(Decision.Serve.class);
    assertThat(decide(STORED, Given.overrideTtl(5), 5)).isInstanceOf(Decision.Join.class);
  }

  /** What becomes of a request: served, served while it is fetched anew, or fetched. */
  private enum Outcome {
    SERVED,
    REFRESHED,
    FETCHED
  }

  @DisplayName("§5.2.1.1, §5.2.1.2, §5.2.1.3: how old and how stale, and all that is said counts")
  @ParameterizedTest(name = "[{0}] at {1} s of 60: {2}, with stale-while-revalidate {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "x                                  | 59 | SERVED  | SERVED",
        "x                                  | 70 | FETCHED | REFRESHED",
        "x                                  | 90 | FETCHED | FETCHED",
        "max-age=50                         | 50 | SERVED  | SERVED",
        "max-age=50                         | 51 | FETCHED | FETCHED",
        "max-age=80                         | 59 | SERVED  | SERVED",
        "max-age=80                         | 70 | FETCHED | FETCHED",
        "max-age=80, max-stale=10           | 70 | SERVED  | SERVED",
        "max-age=80, max-stale=9            | 70 | FETCHED | FETCHED",
        "max-age=69, max-stale=20           | 70 | FETCHED | FETCHED",
        "max-age=80, max-stale              | 80 | SERVED  | SERVED",
        "max-age=80, max-stale              | 81 | FETCHED | FETCHED",
        "max-stale=10                       | 70 | SERVED  | SERVED",
        "max-stale=10                       | 71 | FETCHED | FETCHED",
        "max-stale=0                        | 60 | SERVED  | SERVED",
        "max-stale=0                        | 61 | FETCHED | FETCHED",
        "max-stale                          | 9999 | SERVED | SERVED",
        "max-stale=soon                     | 61 | FETCHED | FETCHED",
        "min-fresh=10                       | 50 | SERVED  | SERVED",
        "min-fresh=10                       | 51 | FETCHED | FETCHED",
        "min-fresh=0                        | 59 | SERVED  | SERVED",
        "min-fresh=0                        | 60 | FETCHED | FETCHED",
        "min-fresh=10                       | 70 | FETCHED | FETCHED",
        "min-fresh=10, max-stale=20         | 50 | SERVED  | SERVED",
        "min-fresh=10, max-stale=20         | 51 | FETCHED | FETCHED",
        "min-fresh=10, max-stale            | 70 | FETCHED | FETCHED",
        "min-fresh=10, max-age=40           | 40 | SERVED  | SERVED",
        "min-fresh=10, max-age=40           | 41 | FETCHED | FETCHED",
        "min-fresh=10, max-age=55           | 51 | FETCHED | FETCHED",
        "max-age=0                          | 0  | SERVED  | SERVED",
        "max-age=0, max-stale               | 1  | FETCHED | FETCHED",
        "no-cache, max-stale                | 0  | FETCHED | FETCHED",
      })
  void requestsDirectives_allCount(
      String directives, long atSeconds, Outcome plain, Outcome revalidating) {
    StoredResponse refreshable =
        Given.written("Cache-Control: max-age=60, stale-while-revalidate=30");
    StoredResponse neverStale = Given.written("Cache-Control: max-age=60, must-revalidate");
    RequestHead request = Given.get("Cache-Control", directives);

    assertThat(outcome(request, STORED, atSeconds)).isEqualTo(plain);
    assertThat(outcome(request, refreshable, atSeconds)).isEqualTo(revalidating);
    assertThat(outcome(request, neverStale, atSeconds))
        .isEqualTo(atSeconds < 60 ? plain : Outcome.FETCHED);
  }

  private static Outcome outcome(RequestHead request, StoredResponse stored, long atSeconds) {
    Decision decision =
        Reuse.decide(request, stored, true, false, DEFAULTS, NOON.plusSeconds(atSeconds));
    if (decision instanceof Decision.Serve serve) {
      return serve.whileRevalidating() ? Outcome.REFRESHED : Outcome.SERVED;
    }
    return Outcome.FETCHED;
  }

  private static Decision decide(Found found, RequestHead request, boolean knownNotStorable) {
    boolean isStored = found == Found.FRESH || found == Found.STALE;
    return Reuse.decide(
        request,
        isStored ? STORED : null,
        found != Found.NOTHING,
        knownNotStorable,
        DEFAULTS,
        found == Found.STALE ? noonPlus(60) : NOON);
  }

  private static Decision decide(
      @Nullable StoredResponse stored, CachePolicy policy, double sinceSeconds) {
    return Reuse.decide(Given.get(), stored, true, false, policy, noonPlus(sinceSeconds));
  }

  private static Decision decideAt(double sinceSeconds, RequestHead request) {
    return Reuse.decide(request, STORED, true, false, DEFAULTS, noonPlus(sinceSeconds));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
