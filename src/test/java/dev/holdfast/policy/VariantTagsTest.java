package dev.holdfast.policy;

import static dev.holdfast.policy.Given.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §13.1.2, RFC 9111 §4.3.1: the tags of all stored variants")
class VariantTagsTest {

  private static final String MONDAY = "Mon, 16 Nov 2026 12:00:00 GMT";

  @Test
  void tagsOfAll_areOneList_theSelectedOnesFirst_eachOnce() {
    StoredResponse selected = tagged("\"a\"");
    List<StoredResponse> others = List.of(tagged("\"b\""), tagged("\"a\""), tagged("W/\"c\""));

    assertThat(conditions(selected, others))
        .isEqualTo(Fields.of("If-None-Match", "\"a\", \"b\", W/\"c\""));
    assertThat(conditions(null, others))
        .isEqualTo(Fields.of("If-None-Match", "\"b\", \"a\", W/\"c\""));
  }

  @DisplayName("§4.3.1: a date is of one response, and of one that the request selects")
  @Test
  void dates_areNotOffered() {
    StoredResponse dated = Given.response(200, "ETag", "\"a\"", "Last-Modified", MONDAY);

    assertThat(conditions(dated, List.of()).contains("If-Modified-Since")).isTrue();
    assertThat(conditions(dated, List.of(tagged("\"b\""))).contains("If-Modified-Since")).isFalse();
    assertThat(conditions(null, List.of(dated)).contains("If-Modified-Since")).isFalse();
  }

  @Test
  void manyLongTags_areOfferedAsFarAsThereIsRoom_andTheSelectedOnesAlways() {
    List<StoredResponse> others =
        IntStream.range(0, 64).mapToObj(i -> tagged("\"" + i + "x".repeat(60) + "\"")).toList();
    String own = "\"" + "y".repeat(VariantTags.MAX_CHARS) + "\"";

    List<String> offered = VariantTags.of(tagged(own), others);

    assertThat(offered).startsWith(own).hasSizeBetween(20, 60);
    assertThat(String.join(", ", offered)).hasSizeLessThan(own.length() + VariantTags.MAX_CHARS);
    assertThat(VariantTags.of(null, others.subList(0, 3))).hasSize(3);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "ETag: \"a\", true",
    "ETag: W/\"a\", true",
    "ETag: a, false",
    "ETag: \"a\"b\", false",
    "ETag: *, false",
    "Last-Modified: yesterday, false",
    "X: y, false",
    "ETag: \"a\" ;; Set-Cookie: a=b, false",
  })
  void variantThatTheOriginCanName_isOffered(String lines, boolean offered) {
    assertThat(VariantTags.isOffered(Given.get(), Given.written(lines), DEFAULTS))
        .isEqualTo(offered);
  }

  @Test
  void tagThatMustStandAlone_isNotJoined() {
    assertThat(VariantTags.mayJoin(null)).isTrue();
    assertThat(VariantTags.mayJoin(tagged("\"a\""))).isTrue();
    assertThat(VariantTags.mayJoin(tagged("a, b"))).isFalse();
    assertThat(VariantTags.mayJoin(Given.response(200, "Last-Modified", MONDAY))).isFalse();
  }

  @DisplayName("§3.5: what the caller could not be given is not offered for it")
  @Test
  void callerWithCredentials_isOfferedWhatIsForThemToo() {
    RequestHead authorized = Given.get("Authorization", "Basic eA==");

    assertThat(VariantTags.isOffered(authorized, tagged("\"a\""), DEFAULTS)).isFalse();
    assertThat(
            VariantTags.isOffered(
                authorized, Given.written("ETag: \"a\" ;; Cache-Control: public"), DEFAULTS))
        .isTrue();
  }

  @DisplayName("§12.5.3: content in a coding that the caller does not name is not for it")
  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource({
    "gzip, 'gzip, deflate', true",
    "gzip, 'br, GZIP;q=0.5', true",
    "gzip, br, false",
    "gzip, 'br, gzip;q=0.0', false",
    "gzip, gzipped, false",
    "gzip, *, false",
    "'gzip, br', gzip, false",
    "'gzip, br', 'br, gzip', true",
    "GZip, gzip, true",
  })
  void codedContent_isForWhoNamesTheCoding(String coding, String accepted, boolean offered) {
    StoredResponse coded = Given.response(200, "ETag", "\"a\"", "Content-Encoding", coding);

    assertThat(VariantTags.isOffered(Given.get("Accept-Encoding", accepted), coded, DEFAULTS))
        .isEqualTo(offered);
    assertThat(VariantTags.isOffered(Given.get(), coded, DEFAULTS)).isFalse();
  }

  @ParameterizedTest(name = "{0} by {1}: {2}")
  @CsvSource({
    "ETag: \"a\", ETag: \"a\", true",
    "ETag: \"a\", ETag: W/\"a\", false",
    "ETag: W/\"a\", ETag: W/\"a\", false",
    "ETag: \"a\", ETag: \"b\", false",
    "ETag: \"a\", X: y, false",
    "X: y, ETag: \"a\", false",
  })
  void sameBytes_areNamedStrongly(String stored, String said, boolean named) {
    ResponseHead notModified = new ResponseHead(304, "", Fields.of(Given.lines(said)), "1.1");

    assertThat(VariantTags.isStronglyNamed(Given.written(stored), notModified)).isEqualTo(named);
  }

  private static Fields conditions(
      @Nullable StoredResponse selected, List<StoredResponse> variants) {
    return Validation.conditional(Given.get(), selected, variants).fields();
  }

  private static StoredResponse tagged(String tag) {
    return Given.response(200, "ETag", tag);
  }
}
