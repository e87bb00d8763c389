package dev.holdfast.policy;

import static dev.holdfast.policy.Given.DEFAULTS;
import static dev.holdfast.policy.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("RFC 9111 §4: collapsed requests; law 7")
class SharingTest {

  @Test
  void storableResponse_isShared() {
    assertThat(allows(null, Given.written("Cache-Control: max-age=60"), Given.get())).isTrue();
  }

  @DisplayName("a refusal makes a response its caller's own; a 5xx may lack freshness")
  @ParameterizedTest
  @EnumSource
  void refusedResponse_isItsCallersOwn(NotStorable refusal) {
    boolean lacksFreshness =
        Set.of(NotStorable.NO_FRESHNESS, NotStorable.STALE, NotStorable.STALE_IF_ERROR)
            .contains(refusal);

    assertThat(Sharing.isShareable(refusal, Given.response(200))).isFalse();
    assertThat(Sharing.isShareable(refusal, Given.response(404))).isFalse();
    assertThat(Sharing.isShareable(refusal, Given.response(499))).isFalse();
    assertThat(Sharing.isShareable(refusal, Given.response(500))).isEqualTo(lacksFreshness);
    assertThat(allows(refusal, Given.response(503), Given.get())).isEqualTo(lacksFreshness);
  }

  @DisplayName("what credentials were answered concerns who has some; all else concerns all")
  @ParameterizedTest
  @EnumSource
  void refusal_concernsWhoMayMeetItToo(NotStorable refusal) {
    boolean byCredentials = Set.of(NotStorable.AUTHORIZATION, NotStorable.COOKIE).contains(refusal);

    assertThat(Sharing.concerns(refusal, Given.get(), DEFAULTS)).isEqualTo(!byCredentials);
    assertThat(Sharing.concerns(refusal, Given.get("Authorization", "x"), DEFAULTS)).isTrue();
    assertThat(Sharing.concerns(refusal, Given.get("Cookie", "a=b"), DEFAULTS)).isTrue();
    assertThat(Sharing.concerns(refusal, Given.get("Cookie", "a=b"), Given.policy(0, null, false)))
        .isEqualTo(!byCredentials);
  }

  @DisplayName("an origin's error is shared unless something else makes it private")
  @ParameterizedTest(name = "[{0}] to [{1}]: shared {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "X: 1                           | X: 1             | true",
        "Cache-Control: max-age=0       | X: 1             | true",
        "Cache-Control: max-age=9       | X: 1             | true",
        "Cache-Control: no-store        | X: 1             | false",
        "Cache-Control: private         | X: 1             | false",
        "Set-Cookie: a=b                | X: 1             | false",
        "Vary: *                        | X: 1             | false",
        "X: 1                           | Authorization: x | false",
        "X: 1                           | Cookie: a=b      | false",
        "Cache-Control: public          | Cookie: a=b      | true",
      })
  void originsError_isSharedWhereNothingForbidsIt(String response, String request, boolean shared) {
    StoredResponse error = Given.response(500, Given.lines(response));
    RequestHead first = Given.get(Given.lines(request));
    @Nullable NotStorable refusal = Storability.judge(first, error, DEFAULTS).reason();

    assertThat(allows(refusal, error, Given.get())).isEqualTo(shared);
  }

  @DisplayName("§4.1: the joiner's request must select it")
  @ParameterizedTest(name = "{0}: shared {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept-Language: de      | true",
        "accept-language: de      | true",
        "Accept-Language: en      | false",
        "Accept-Language: ''      | false",
        "X: de                    | false",
      })
  void otherVariant_isNotShared(String joiner, boolean shared) {
    RequestHead first = Given.get("Accept-Language", "de");
    String[] varying = Given.lines("Cache-Control: max-age=60 ;; Vary: Accept-Language");
    RequestHead second = Given.get(Given.lines(joiner));

    assertThat(allows(null, Given.response(first, 200, varying), second)).isEqualTo(shared);
    assertThat(allows(NotStorable.NO_FRESHNESS, Given.response(first, 503, varying), second))
        .isEqualTo(shared);
  }

  @DisplayName("§4, §5.2: the joiner must accept it without another fetch")
  @ParameterizedTest(name = "[{0}] to [{1}]: shared {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: max-age=60 ;; Age: 0              | X: 1                                 | true",
        "Cache-Control: max-age=60 ;; Age: 10             | Cache-Control: max-age=10            | true",
        "Cache-Control: max-age=60 ;; Age: 10             | Cache-Control: max-age=9             | false",
        "Cache-Control: max-age=60 ;; Age: 10             | Cache-Control: min-fresh=50          | true",
        "Cache-Control: max-age=60 ;; Age: 10             | Cache-Control: min-fresh=51          | false",
        "Cache-Control: no-cache, max-age=60 ;; ETag: a   | X: 1                                 | false",
        "Cache-Control: no-cache=x, max-age=60 ;; ETag: a | X: 1                                 | true",
        "Cache-Control: max-age=0 ;; ETag: a              | X: 1                                 | false",
        "Cache-Control: max-age=0 ;; ETag: a              | Cache-Control: max-stale             | true",
        "Cache-Control: max-age=60                        | Cache-Control: no-cache              | false",
      })
  void directives_decideOnSharing(String response, String joiner, boolean shared) {
    StoredResponse came = Given.response(200, Given.lines(response));

    assertThat(Storability.judge(Given.get(), came, DEFAULTS).reason()).isNull();
    assertThat(allows(null, came, Given.get(Given.lines(joiner)))).isEqualTo(shared);
  }

  @DisplayName("§5.2.2.4, §5.2.2.7: the fields that private and no-cache name are nobody else's")
  @Test
  void namedFields_areNotShared() {
    ResponseHead head =
        Given.response(
                200,
                Given.lines(
                    "Cache-Control: private=\"a, B\", no-cache=c ;; A: 1 ;; b: 2 ;; C: 3 ;; D: 4"))
            .head();

    assertThat(Sharing.shared(head, DEFAULTS).fields())
        .isEqualTo(Fields.of(Given.lines("Cache-Control: private=\"a, B\", no-cache=c ;; D: 4")));
    assertThat(Sharing.shared(Given.response(200, "A", "1").head(), DEFAULTS).fields())
        .isEqualTo(Fields.of("A", "1"));
  }

  private static boolean allows(
      @Nullable NotStorable refusal, StoredResponse response, RequestHead joiner) {
    return Sharing.allows(refusal, response, joiner, DEFAULTS, NOON);
  }
}
