package dev.holdfast.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §15.3.7.3, RFC 9111 §3.3, §3.4: parts put together")
class CombinationTest {

  private static final String LONG_AGO =
      "Last-Modified: Mon, 16 Nov 2026 12:00:00 GMT;;Date: " + Given.NOON_DATE;

  private static ResponseHead part(String contentRange, String more) {
    return Given.response(206, Given.lines("Content-Range: " + contentRange + ";;" + more)).head();
  }

  @ParameterizedTest(name = "{0} and {1}: {2}, of the later {3} bytes before and {4} after")
  @CsvSource({
    "bytes 2-5/10, bytes 6-7/10, bytes 2-7/10, 0, 2",
    "bytes 2-5/10, bytes 4-7/10, bytes 2-7/10, 0, 2",
    "bytes 2-5/10, bytes 0-1/10, bytes 0-5/10, 2, 0",
    "bytes 2-5/10, bytes 1-3/10, bytes 1-5/10, 1, 0",
    "bytes 2-5/10, bytes 1-7/10, bytes 1-7/10, 1, 2",
    "bytes 2-5/10, bytes 3-4/10, bytes 2-5/10, 0, 0",
    "bytes 0-5/10, bytes 6-9/10, , 0, 4",
    "bytes 2-5/10, bytes 7-8/10, none, ,",
    "bytes 4-5/10, bytes 0-2/10, none, ,",
    "bytes 2-5/10, bytes 6-7/11, none, ,",
    "bytes 2-5/10, bytes 6-7/*, none, ,",
  })
  void partsThatMeet_areOne(
      String stored,
      String later,
      @Nullable String both,
      @Nullable Long before,
      @Nullable Long after) {
    Combination made = Combination.of(part(stored, "ETag: \"v1\""), 0, part(later, "ETag: \"v1\""));

    if (made == null) {
      assertThat(both).isEqualTo("none");
      return;
    }
    assertThat(made.before()).isEqualTo(before);
    assertThat(made.after()).isEqualTo(after);
    assertThat(made.head().fields().first("Content-Range")).isEqualTo(both);
    assertThat(made.head().status()).isEqualTo(both == null ? 200 : 206);
  }

  @DisplayName(
      "RFC 9110 §8.8, §13.1.5: only a strong validator says that the bytes are of one state")
  @ParameterizedTest(name = "{0} | {1}: {2}")
  @CsvSource({
    "ETag: \"v1\", ETag: \"v1\", true",
    "ETag: \"v1\", ETag: \"v2\", false",
    "ETag: W/\"v1\", ETag: W/\"v1\", false",
    "ETag: \"v1\", , false",
    ", , false",
    "'" + LONG_AGO + "', '" + LONG_AGO + "', true",
    "'" + LONG_AGO + "', 'ETag: \"v1\"', false",
    "'" + LONG_AGO + ";;ETag: W/\"v1\"', '" + LONG_AGO + ";;ETag: W/\"v1\"', false",
    "'Last-Modified: "
        + Given.NOON_DATE
        + ";;Date: "
        + Given.NOON_DATE
        + "', 'Last-Modified: "
        + Given.NOON_DATE
        + ";;Date: "
        + Given.NOON_DATE
        + "', false",
  })
  void parts_areOfOneStateByAStrongValidator(
      @Nullable String one, @Nullable String other, boolean together) {
    ResponseHead stored = part("bytes 0-1/10", one == null ? "" : one);
    ResponseHead later = part("bytes 2-3/10", other == null ? "" : other);

    assertThat(Combination.of(stored, 0, later) != null).isEqualTo(together);
  }

  @DisplayName("RFC 9110 §14.4, §15.3.7: what can be put together has one known place")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'Content-Range: bytes 0-1/10;;ETag: \"v1\"', true",
    "'Content-Range: bytes 0-1/10;;ETag: W/\"v1\"', false",
    "'Content-Range: bytes 0-1/*;;ETag: \"v1\"', false",
    "'Content-Range: bytes 0-1/10;;Content-Range: bytes 0-1/10;;ETag: \"v1\"', false",
    "'Content-Range: items 0-1/10;;ETag: \"v1\"', false",
    "'Content-Type: multipart/byteranges; boundary=x;;Content-Range: bytes 0-1/10;;ETag: \"v1\"', false",
    "'ETag: \"v1\"', false",
  })
  void part_isStoredIfItCanBePutTogether(String lines, boolean stored) {
    String[] fields = Given.lines("Cache-Control: max-age=60;;" + lines);
    RequestHead asking = Given.get("Range", "bytes=0-1");

    assertThat(Storability.judge(asking, Given.response(206, fields), Given.DEFAULTS).allowed())
        .isEqualTo(stored);
    assertThat(
            Storability.judge(Given.get(), Given.response(206, fields), Given.DEFAULTS).allowed())
        .isFalse();
  }

  @DisplayName("§3.2, §3.4: the later fields count, but for what describes the bytes")
  @Test
  void headOfBoth_hasTheLaterFields() {
    ResponseHead stored =
        part("bytes 0-1/4", "ETag: \"v1\";;Age: 5;;X-A: 1;;X-B: 1;;Content-Length: 2");
    ResponseHead later = part("bytes 2-3/4", "ETag: \"v1\";;X-A: 2;;Content-Length: 2");

    Combination both = Objects.requireNonNull(Combination.of(stored, 0, later));

    assertThat(both.head())
        .isEqualTo(
            new ResponseHead(
                200,
                "OK",
                Fields.of("X-B", "1", "ETag", "\"v1\"", "X-A", "2", "Content-Length", "4"),
                "1.1"));
  }

  @DisplayName("what is whole takes in the later part's fields")
  @Test
  void storedWhole_staysWhole() {
    ResponseHead stored = Given.response(200, "ETag", "\"v1\"").head();

    ResponseHead later = part("bytes 2-3/4", "ETag: \"v1\";;X-A: 2");

    Combination both = Objects.requireNonNull(Combination.of(stored, 4, later));

    assertThat(both.head().status()).isEqualTo(200);
    assertThat(both.before() + both.after()).isZero();
    assertThat(Combination.of(stored, 0, part("bytes 2-3/4", "ETag: \"v1\""))).isNull();
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({
    "bytes 0-3/10, \"v1\", true",
    "bytes 1-3/10, \"v1\", false",
    "bytes 0-3/10, W/\"v1\", false",
    "bytes 0-3/*, \"v1\", false",
  })
  void beginning_canBeCompleted(String contentRange, String etag, boolean can) {
    var stored = Given.response(206, "Content-Range", contentRange, "ETag", etag);

    assertThat(Combination.lacksTheRest(stored)).isEqualTo(can);
    assertThat(Combination.lacksTheRest(Given.response(200, "ETag", etag))).isFalse();
  }

  @Test
  void requestForTheRest_isConditional() {
    var stored = Given.response(206, "Content-Range", "bytes 0-3/10", "ETag", "\"v1\"");

    assertThat(Combination.forTheRest(Given.get("A", "1"), stored))
        .isEqualTo(Given.get("A", "1", "Range", "bytes=4-", "If-Range", "\"v1\""));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "bytes 4-9/10, true",
    "bytes 4-8/10, false",
    "bytes 5-9/10, false",
    "bytes 3-9/10, false",
    "bytes 0-9/10, false",
    "bytes 4-9/*, false",
  })
  void whole_isMadeOfTheVeryRest(String rest, boolean whole) {
    ResponseHead stored = part("bytes 0-3/10", "ETag: \"v1\"");

    assertThat(Combination.completed(stored, part(rest, "ETag: \"v1\"")) != null).isEqualTo(whole);
  }
}
