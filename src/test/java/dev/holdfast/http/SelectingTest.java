package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §4.1: Vary")
class SelectingTest {

  private static final Fields VARY = Fields.of("Vary", "X");

  @DisplayName("the names of all lines, in lower case, sorted, each once")
  @Test
  void names_areThoseOfVary() {
    Fields response = Fields.of("Vary", "Cookie,accept", "vary", "Accept,  X ,");

    assertThat(Selecting.of(response, Fields.of("X", "1", "Accept", "a")))
        .isEqualTo(new Selecting(List.of("accept", "cookie", "x"), Arrays.asList("a", null, "1")));
  }

  @Test
  void orderAndCaseOfVary_makeNoDifference() {
    Fields request = Fields.of("A", "1", "B", "2");

    assertThat(Selecting.of(Fields.of("Vary", "a, b"), request))
        .isEqualTo(Selecting.of(Fields.of("Vary", "B", "Vary", "A, b"), request));
  }

  @Test
  void responseWithoutVary_isSelectedByAnyRequest() {
    Selecting selecting = Selecting.of(Fields.EMPTY, Fields.of("X", "1"));

    assertThat(selecting).isSameAs(Selecting.ALWAYS);
    assertThat(selecting.matches(Fields.EMPTY)).isTrue();
    assertThat(selecting.matches(Fields.of("X", "2"))).isTrue();
  }

  @DisplayName("two overlap if there can be a request that both match")
  @ParameterizedTest(name = "[{0}] and [{1}]: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "         |          | true",
        "         | a=1      | true",
        "a=1      | a=1      | true",
        "a=1      | a=2      | false",
        "a=1      | a=       | false",
        "a=1      | b=1      | true",
        "a=1, b=2 | a=1      | true",
        "a=1, b=2 | b=3      | false",
        "a=1, b=2 | b=2, c=3 | true",
        "a=1, b=2 | a=1, b=3 | false",
      })
  void overlapsWhatHasTheSameValuesOfWhatBothCount(
      @Nullable String one, @Nullable String other, boolean overlap) {
    assertThat(by(one).overlaps(by(other))).isEqualTo(overlap);
    assertThat(by(other).overlaps(by(one))).isEqualTo(overlap);
  }

  @Test
  void absentField_isAValueOfItsOwn() {
    Selecting absent = Selecting.by(List.of("a"), Fields.EMPTY);

    assertThat(absent.overlaps(by("a=1"))).isFalse();
    assertThat(absent.overlaps(Selecting.by(List.of("a"), Fields.of("B", "1")))).isTrue();
  }

  /** What selects a response that varies with those fields, for a request that has them so. */
  private static Selecting by(@Nullable String fields) {
    List<String[]> pairs =
        Stream.ofNullable(fields)
            .flatMap(all -> Stream.of(all.split(", ")))
            .map(field -> field.split("=", -1))
            .toList();
    Fields request = Fields.of(pairs.stream().flatMap(Stream::of).toArray(String[]::new));
    return Selecting.by(pairs.stream().map(pair -> pair[0]).toList(), request);
  }

  @DisplayName("white space may be added or removed around commas, and lines combined")
  @ParameterizedTest(name = "[{0}] and [{1}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "a           | a",
        "'a, b'      | 'a,b'",
        "'a , b'     | 'a,\tb'",
        "' a,b '     | 'a,b'",
        "'a b'       | 'a b'",
        "''          | ' '",
        "'x \"a, b\" , c' | 'x \"a, b\",c'",
        "'\"a\\\" , b\" , c' | '\"a\\\" , b\",c'",
      })
  void sameValue_matches(String stored, String presented) {
    assertThat(matches(Fields.of("X", stored), Fields.of("x", presented))).isTrue();
    assertThat(matches(Fields.of("X", presented), Fields.of("x", stored))).isTrue();
  }

  @ParameterizedTest(name = "[{0}] and [{1}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "a           | b",
        "a           | A",
        "'a, b'      | 'b, a'",
        "'a b'       | 'a  b'",
        "'a,b'       | 'ab'",
        "'a,,b'      | 'a,b'",
        "a           | ''",
        "'\"a, b\"'  | '\"a,b\"'",
        "'\"a\\\" , b\"' | '\"a\\\",b\"'",
      })
  void otherValue_doesNotMatch(String stored, String presented) {
    assertThat(matches(Fields.of("X", stored), Fields.of("x", presented))).isFalse();
    assertThat(matches(Fields.of("X", presented), Fields.of("x", stored))).isFalse();
  }

  @Test
  void severalLines_matchTheSameInOne() {
    Fields lines = Fields.of("X", "a", "Y", "-", "x", "b");

    assertThat(matches(lines, Fields.of("X", "a,b"))).isTrue();
    assertThat(matches(lines, Fields.of("X", "b,a"))).isFalse();
    assertThat(matches(lines, Fields.of("X", "a"))).isFalse();
  }

  @DisplayName("a field absent in one must be absent in the other")
  @Test
  void absentField_matchesAnAbsentOneOnly() {
    assertThat(matches(Fields.EMPTY, Fields.of("Y", "1"))).isTrue();
    assertThat(matches(Fields.EMPTY, Fields.of("X", ""))).isFalse();
    assertThat(matches(Fields.of("X", ""), Fields.EMPTY)).isFalse();
  }

  @Test
  void everyNamedField_counts() {
    Selecting selecting =
        Selecting.of(Fields.of("Vary", "X, Y"), Fields.of("X", "1", "Y", "2", "Z", "3"));

    assertThat(selecting.matches(Fields.of("Y", "2", "X", "1"))).isTrue();
    assertThat(selecting.matches(Fields.of("X", "1"))).isFalse();
    assertThat(selecting.matches(Fields.of("X", "1", "Y", "3"))).isFalse();
    assertThat(selecting.matches(Fields.of("X", "3", "Y", "2"))).isFalse();
  }

  @DisplayName("* among the members matches no request")
  @ParameterizedTest(name = "Vary: {0}")
  @ValueSource(strings = {"*", " * ", "Accept, *", "*,Accept"})
  void star_matchesNothing(String vary) {
    assertThat(Selecting.matchesNothing(Fields.of("Vary", vary))).isTrue();
  }

  @ParameterizedTest(name = "Vary: {0}")
  @ValueSource(strings = {"Accept", "", "Accept*", "**"})
  void noStar_matchesSomething(String vary) {
    assertThat(Selecting.matchesNothing(Fields.of("Vary", vary))).isFalse();
    assertThat(Selecting.matchesNothing(Fields.EMPTY)).isFalse();
  }

  @Test
  void longRunOfSpaces_isReadInOnePass() {
    String spaces = " ".repeat(1_000_000);

    assertThat(matches(Fields.of("X", "a" + spaces + ",b"), Fields.of("X", "a,b"))).isTrue();
    assertThat(matches(Fields.of("X", "a" + spaces + "b"), Fields.of("X", "a,b"))).isFalse();
  }

  private static boolean matches(Fields first, Fields second) {
    return Selecting.of(VARY, first).matches(second);
  }
}
