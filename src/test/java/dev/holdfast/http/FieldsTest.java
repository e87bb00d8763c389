package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §5: field lines")
class FieldsTest {

  private static final Fields FIELDS =
      Fields.of(
          "Vary", "Accept", "X-One", "1", "vary", " Cookie ,, accept ", "ETag", "\"Caf\u00e9\"");

  @DisplayName("§5.3: order and duplicates are kept, and the spelling of names")
  @Test
  void lines_areKeptAsSent() {
    List<String> lines = new ArrayList<>();
    FIELDS.forEach((name, value) -> lines.add(name + ":" + value));

    assertThat(lines)
        .containsExactly("Vary:Accept", "X-One:1", "vary: Cookie ,, accept ", "ETag:\"Caf\u00e9\"");
    assertThat(FIELDS.size()).isEqualTo(4);
    assertThat(FIELDS.weightBytes()).isEqualTo(16 + 48 + 7 * 48 + 64);
  }

  @DisplayName("§5.1: names are compared without regard to case")
  @ParameterizedTest(name = "{0}")
  @CsvSource({"vary", "VARY", "Vary"})
  void anySpelling_findsTheLines(String name) {
    assertThat(FIELDS.contains(name)).isTrue();
    assertThat(FIELDS.first(name)).isEqualTo("Accept");
    assertThat(FIELDS.all(name)).containsExactly("Accept", " Cookie ,, accept ");
    assertThat(FIELDS.combined(name)).isEqualTo("Accept,  Cookie ,, accept ");
  }

  @Test
  void absentName_findsNothing() {
    assertThat(FIELDS.contains("Var")).isFalse();
    assertThat(FIELDS.first("Var")).isNull();
    assertThat(FIELDS.all("Var")).isEmpty();
    assertThat(FIELDS.combined("Var")).isNull();
    assertThat(FIELDS.members("Var")).isEmpty();
  }

  @DisplayName("§5.6.1: members of a list, over all lines, without empty ones")
  @Test
  void members_areTheListsElements() {
    assertThat(FIELDS.members("Vary")).containsExactly("accept", "cookie", "accept");
    assertThat(Fields.of("Vary", "").members("Vary")).isEmpty();
    assertThat(Fields.of("Vary", ", \t,").members("Vary")).isEmpty();
  }

  @DisplayName("§5.5: obs-text is kept, one character per octet")
  @Test
  void obsText_isKept() {
    StringBuilder octets = new StringBuilder();
    for (char c = 0x80; c <= 0xff; c++) {
      octets.append(c);
    }
    assertThat(Fields.of("X", octets.toString()).first("X")).isEqualTo(octets.toString());
  }

  @Test
  void without_leavesTheOthersInOrder() {
    assertThat(FIELDS.without(name -> name.equalsIgnoreCase("vary")))
        .isEqualTo(Fields.of("X-One", "1", "ETag", "\"Caf\u00e9\""));
    assertThat(FIELDS.without(name -> name.equals("vary")).all("Vary")).containsExactly("Accept");
    assertThat(FIELDS.without(name -> true)).isEqualTo(Fields.EMPTY);
    assertThat(FIELDS.size()).isEqualTo(4);
  }

  @Test
  void namesInAnyCase_areLeftOutOrKept() {
    Set<String> names = Set.of("vary", "x-one", "absent");

    assertThat(FIELDS.without(names)).isEqualTo(Fields.of("ETag", "\"Caf\u00e9\""));
    assertThat(FIELDS.only(names).all("Vary")).isEqualTo(FIELDS.all("Vary"));
    assertThat(FIELDS.only(names).size()).isEqualTo(3);
    assertThat(FIELDS.without(Set.of())).isEqualTo(FIELDS);
    assertThat(FIELDS.only(Set.of())).isEqualTo(Fields.EMPTY);
  }

  @Test
  void builder_appendsAndLeavesWhatItBuiltAlone() {
    Fields.Builder builder = Fields.builder().add("A", "1").addAll(Fields.of("B", "2", "A", "3"));
    Fields first = builder.build();
    builder.add("C", "4");

    assertThat(first).isEqualTo(Fields.of("A", "1", "B", "2", "A", "3"));
    assertThat(builder.build()).isEqualTo(Fields.of("A", "1", "B", "2", "A", "3", "C", "4"));
    assertThat(Fields.builder().build()).isSameAs(Fields.EMPTY);
  }

  @Test
  void equality_isThatOfLines() {
    assertThat(Fields.of("A", "1")).isEqualTo(Fields.of("A", "1"));
    assertThat(Fields.of("A", "1")).hasSameHashCodeAs(Fields.of("A", "1"));
    assertThat(Fields.of("A", "1")).isNotEqualTo(Fields.of("a", "1"));
    assertThat(Fields.of("A", "1", "B", "2")).isNotEqualTo(Fields.of("B", "2", "A", "1"));
    assertThat(Fields.of("A", "1")).hasToString("[A, 1]");
  }

  @Test
  void arrayGiven_isCopied() {
    String[] given = {"A", "1"};
    Fields fields = Fields.of(given);
    given[1] = "2";

    assertThat(fields.first("A")).isEqualTo("1");
  }

  @Test
  void nameWithoutValue_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fields.of("A"));
  }

  @Test
  void anyText_isSplitWithoutFailure() {
    Random random = new Random(5611);
    for (int i = 0; i < 20_000; i++) {
      String line = Texts.random(random, "aB\", \t\\", 30);

      assertThat(Fields.of("X", line).members("X"))
          .as(line)
          .allSatisfy(
              member ->
                  assertThat(member)
                      .isNotEmpty()
                      .doesNotContain(",")
                      .isEqualTo(member.strip())
                      .isLowerCase());
    }
  }
}
