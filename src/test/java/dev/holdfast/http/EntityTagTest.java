package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §8.8.3: entity tags")
class EntityTagTest {

  @DisplayName("§8.8.3.2: strong and weak comparison")
  @ParameterizedTest(name = "[{0}] and [{1}]: strongly {2}, weakly {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "W/\"1\"      | W/\"1\"      | false | true",
        "W/\"1\"      | W/\"2\"      | false | false",
        "W/\"1\"      | \"1\"        | false | true",
        "\"1\"        | \"1\"        | true  | true",
        "\"\"         | \"\"         | true  | true",
        "\"a\\\"      | \"a\\\"      | true  | true",
        "\"caf\u00e9\" | \"caf\u00e9\" | true | true",
        "\"caf\u00e9\" | \"cafe\"    | false | false",
        "\"a\"        | \"A\"        | false | false",
        "abcdef       | abcdef       | false | true",
        "abcdef       | \"abcdef\"   | false | false",
        "W/abcdef     | W/abcdef     | false | true",
        "W/abcdef     | abcdef       | false | false",
        "w/\"1\"      | w/\"1\"      | false | true",
        "w/\"1\"      | \"1\"        | false | false",
        "\"a          | \"a          | false | true",
        "\"a\"b\"     | \"a\"b\"     | false | true",
        "\"           | \"           | false | true",
      })
  void tags_areCompared(String one, String other, boolean strongly, boolean weakly) {
    EntityTag first = EntityTag.parse(one);
    EntityTag second = EntityTag.parse(other);

    assertThat(first.matchesStrongly(second)).isEqualTo(strongly);
    assertThat(second.matchesStrongly(first)).isEqualTo(strongly);
    assertThat(first.matchesWeakly(second)).isEqualTo(weakly);
    assertThat(second.matchesWeakly(first)).isEqualTo(weakly);
  }

  @DisplayName("§8.8.3: the grammar")
  @ParameterizedTest(name = "[{0}]: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"1\" | true",
        "W/\"1\" | true",
        "\"\" | true",
        "\"a,b\" | true",
        "abc | false",
        "W/abc | false",
        "w/\"1\" | false",
        "\"a\"b\" | false",
        "\"a | false",
        "* | false",
      })
  void tag_isByTheGrammarOrNot(String text, boolean wellFormed) {
    assertThat(EntityTag.parse(text).isWellFormed()).isEqualTo(wellFormed);
  }

  @Test
  void whiteSpaceAround_isNotOfTheTag() {
    assertThat(EntityTag.parse(" \"a\"\t")).hasToString("\"a\"");
    assertThat(EntityTag.parse("\" a \"")).hasToString("\" a \"");
  }

  @DisplayName("§5.6.1: the members of a list, split at commas that are not quoted")
  @ParameterizedTest(name = "[{0}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"a\"                     | \"a\"",
        "\"a\", W/\"b\" ,\"c\"     | \"a\";W/\"b\";\"c\"",
        ", ,\"a\",,                | \"a\"",
        "\"a,b\", \"c\"            | \"a,b\";\"c\"",
        "W/\"a,b\",\"c\"           | W/\"a,b\";\"c\"",
        "\"a\\\", \"b\"            | \"a\\\";\"b\"",
        "a, b                      | a;b",
        "\"a, b                    | \"a;b",
        "*, \"a\"                  | *;\"a\"",
        "\"a\" \"b\", c            | \"a\" \"b\";c",
      })
  void list_hasItsTags(String line, String tags) {
    assertThat(EntityTag.parseList(List.of(line)).stream().map(EntityTag::text))
        .containsExactly(tags.split(";"));
  }

  @Test
  void severalLines_areOneListButQuoteApart() {
    assertThat(EntityTag.parseList(List.of("\"a, b", "\"c\", \"d\"")))
        .extracting(EntityTag::text)
        .containsExactly("\"a", "b", "\"c\"", "\"d\"");
    assertThat(EntityTag.parseList(List.of("", " ,"))).isEmpty();
  }

  @DisplayName("§13.1.2: * is any current representation, where it stands alone")
  @ParameterizedTest
  @ValueSource(strings = {"*", " *\t"})
  void starAlone_isAny(String line) {
    assertThat(EntityTag.isAny(List.of(line))).isTrue();
    assertThat(EntityTag.isAny(List.of(line, "\"a\""))).isFalse();
    assertThat(EntityTag.isAny(List.of(line + ", \"a\""))).isFalse();
    assertThat(EntityTag.isAny(List.of("\"*\""))).isFalse();
    assertThat(EntityTag.isAny(List.of())).isFalse();
  }

  @Test
  void anyText_isReadWithoutFailure() {
    Random random = new Random(883);
    for (int i = 0; i < 20_000; i++) {
      String line = Texts.random(random, "\"W/, \t\\ab*", 30);

      assertThat(EntityTag.parseList(List.of(line, "\"z,\"")))
          .as(line)
          .contains(new EntityTag("\"z,\""))
          .allSatisfy(tag -> assertThat(tag.matchesWeakly(tag)).isTrue());
    }
  }

  @Test
  void manyQuotes_areReadInOnePass() {
    String quotes = "\"".repeat(1_000_001) + "a,b";

    assertThat(EntityTag.parseList(List.of(quotes))).hasSize(2);
  }
}
