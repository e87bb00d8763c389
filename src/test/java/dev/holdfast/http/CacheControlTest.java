package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §5.2: Cache-Control")
class CacheControlTest {

  @DisplayName("§5.2: a directive is a name, and perhaps an argument, as token or quoted-string")
  @ParameterizedTest(name = "[{0}] {1} is [{2}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "no-store                      | no-store | ''",
        "No-STORE                      | no-store | ''",
        "max-age=60                    | max-age  | 60",
        "MAX-AGE=60                    | max-age  | 60",
        "max-age=\"60\"                | max-age  | 60",
        "max-age=                      | max-age  | ''",
        "max-age=\"\"                  | max-age  | ''",
        "'  max-age=60\t'              | max-age  | 60",
        "public,max-age=60             | max-age  | 60",
        "public , ,, max-age=60,       | max-age  | 60",
        "private=\"a, b\", max-age=60  | private  | a, b",
        "private=\"a, b\", max-age=60  | max-age  | 60",
        "ext=\"a\\\"b, no-store\", x   | ext      | 'a\"b, no-store'",
        "ext=\"a\\\\\", max-age=60     | ext      | a\\",
        "ext=\"a\\\\\", max-age=60     | max-age  | 60",
        "max-age=\"6\\0\"              | max-age  | 60",
        "ext=a=b                       | ext      | a=b",
        "ext=Caf\u00e9                 | ext      | Caf\u00e9",
      })
  void directive_hasItsArgument(String line, String directive, String argument) {
    CacheControl parsed = parse(line);

    assertThat(parsed.has(directive)).isTrue();
    assertThat(parsed.argument(directive)).isEqualTo(argument);
  }

  @DisplayName("§5.2: the grammar has no white space around =, so that such an argument is invalid")
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(strings = {"max-age =100", "max-age= 100", "max-age\t=\t100", "max-age= \"100\""})
  void argumentApart_isInvalid(String line) {
    assertThat(parse(line).has("max-age")).isTrue();
    assertThat(parse(line).seconds("max-age")).hasValue(0);
    assertThat(parse(line, "max-age=100").seconds("max-age")).as("the first counts").hasValue(0);
    assertThat(parse("\t max-age=100 ").seconds("max-age")).hasValue(100);
  }

  @DisplayName("§5.2: a directive without argument counts, whatever follows it")
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(strings = {"no-store =x", "no-store= x", "no-store=", "no-store=x", "no-store=\"\""})
  void argumentUncalledFor_leavesTheDirective(String line) {
    assertThat(parse(line).has("no-store")).isTrue();
    assertThat(parse(line).isUnqualified("private")).isFalse();
  }

  @DisplayName("§5.2.2.4, §5.2.2.7: the fields that a qualified directive is about")
  @ParameterizedTest(name = "[{0}]: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "private=\"a\"                       | a",
        "private=a                           | a",
        "private=\"A, Set-Cookie\"           | a set-cookie",
        "private=\" a ,, b \"                | a b",
        "private=\"a, b c, d\"               | a d",
        "private=\"a\", private=b            | a b",
        "private=\"a\", PRIVATE=\"a\"        | a",
        "no-cache=\"a\", private=\"b\"       | b",
      })
  void qualifiedDirective_namesItsFields(String line, String names) {
    assertThat(parse(line).fieldNames("private")).containsExactly(names.split(" "));
    assertThat(parse(line).isUnqualified("private")).isFalse();
    assertThat(parse(line).has("private")).isTrue();
  }

  @DisplayName("§5.2.2.4, §5.2.2.7: without a field it is about the whole response, once is enough")
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "private",
        "private=",
        "private=\"\"",
        "private=\" ,\"",
        "private=\"a b\"",
        "private=\"a",
        "private =\"a\"",
        "private= \"a\"",
        "private=\"a\", private",
        "private, private=\"a\"",
        "private=\"a\", private, private=\"b\"",
      })
  void unqualifiedDirective_namesNoField(String line) {
    assertThat(parse(line).isUnqualified("private")).isTrue();
    assertThat(parse(line).fieldNames("private")).isEmpty();
  }

  @Test
  void absentDirective_isNeitherQualifiedNorUnqualified() {
    assertThat(parse("public").isUnqualified("private")).isFalse();
    assertThat(parse("public").fieldNames("private")).isEmpty();
  }

  @DisplayName("§5.2: what is not a directive is left out, and hides none")
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "max-age=\"60, no-store",
        "ext=\"a\\\", no-store",
        "=, no-store",
        "=60, no-store",
        "\", no-store, \"",
        "ext\"a, no-store, b\"",
        "ext=a\"b, no-store, c\"",
        ",,no-store",
        "ext=\"a\"b, no-store"
      })
  void garbage_hidesNoDirective(String line) {
    assertThat(parse(line).has("no-store")).isTrue();
  }

  @DisplayName("§5.2: a directive inside a quoted-string is none")
  @Test
  void quotedText_isNoDirective() {
    assertThat(parse("ext=\"a, no-store, b\"").has("no-store")).isFalse();
    assertThat(parse("ext= \"a, no-store, b\"").has("no-store")).isFalse();
    assertThat(parse("ext=a, no-store, b").has("no-store")).isTrue();
  }

  @Test
  void quoteLeftOpen_hidesNothingOfTheNextLine() {
    CacheControl parsed = parse("ext=\"a", "no-store, ext=\"b");

    assertThat(parsed.has("no-store")).isTrue();
  }

  @DisplayName("§4.2.1: of a directive that occurs twice the first counts")
  @Test
  void repeatedDirective_countsAsItsFirst() {
    assertThat(parse("max-age=60, max-age=5").seconds("max-age")).hasValue(60);
    assertThat(parse("max-age=5", "Max-Age=60").seconds("max-age")).hasValue(5);
    assertThat(parse("max-age, max-age=60").seconds("max-age")).hasValue(0);
  }

  @DisplayName("§1.2.2, §4.2.1: delta-seconds; too large is capped, anything else is stale")
  @ParameterizedTest(name = "max-age={0} is {1}")
  @CsvSource({
    "0, 0",
    "1, 1",
    "0060, 60",
    "2147483647, 2147483647",
    "2147483648, 2147483648",
    "2147483649, 2147483648",
    "99999999999999999999999999999999, 2147483648",
    "-1, 0",
    "+1, 0",
    "1.5, 0",
    "1e3, 0",
    "0x10, 0",
    "60s, 0",
    "6 0, 0",
    "\u0661, 0",
    "'\"60', 0",
    "'60\"', 0",
    "'', 0",
  })
  void seconds_areDigitsOrZero(String argument, long seconds) {
    assertThat(parse("max-age=" + argument).seconds("max-age")).hasValue(seconds);
  }

  @Test
  void absentDirective_hasNeitherArgumentNorSeconds() {
    CacheControl parsed = parse("public");

    assertThat(parsed.has("max-age")).isFalse();
    assertThat(parsed.argument("max-age")).isNull();
    assertThat(parsed.seconds("max-age")).isEqualTo(OptionalLong.empty());
  }

  @Test
  void allLines_areRead() {
    Fields fields = Fields.of("Cache-Control", "public", "X", "no-store", "cache-control", "a=b");

    assertThat(CacheControl.ofResponse(fields)).hasToString("public, a=b");
    assertThat(CacheControl.ofResponse(Fields.of("X", "no-store"))).hasToString("");
  }

  @Test
  void manyDirectives_areReadInOnePass() {
    String names = "private=\"a\",".repeat(100_000);

    assertThat(parse(names).fieldNames("private")).containsExactly("a");
    assertThat(parse(names, "private").isUnqualified("private")).isTrue();
  }

  @Test
  void printedForm_isThatOfTheField() {
    assertThat(parse("MAX-AGE=\"5\" ,no-cache=\"a, b\", no-store=, ext=\"a\\\"b\\\\\""))
        .hasToString("max-age=5, no-cache=\"a, b\", no-store, ext=\"a\\\"b\\\\\"");
  }

  @Test
  void anyDirectives_areReadAgainAsTheyArePrinted() {
    Random random = new Random(52);
    for (int i = 0; i < 20_000; i++) {
      String alphabet = i % 2 == 0 ? "=\"\\, \t;ab09-" : "no-cache,private=\"a b\",";
      String line = Texts.random(random, alphabet, 40) + ",private=\"a" + i % 3 + "\"";
      CacheControl parsed = parse(line, Texts.random(random, alphabet, 40));

      assertThat(parse(parsed.toString())).as(line).isEqualTo(parsed).hasSameHashCodeAs(parsed);
      assertThat(parse(parsed.toString())).as(line).hasToString(parsed.toString());
    }
  }

  @Test
  void equality_isThatOfDirectives() {
    assertThat(parse("a=1, b")).isEqualTo(parse("B", "A=\"1\""));
    assertThat(parse("a=1, b")).isNotEqualTo(parse("a=2, b"));
    assertThat(parse("a=1, b")).isNotEqualTo(parse("a=1"));
  }

  @Test
  void without_leavesTheOthers() {
    assertThat(parse("a=1, b, c").without(Set.of("b", "d"))).isEqualTo(parse("a=1, c"));
  }

  @Test
  void anyText_isReadWithoutFailureAndHidesNoOtherLine() {
    Random random = new Random(9111);
    for (int i = 0; i < 20_000; i++) {
      String line = Texts.random(random, "=\"\\, \t;ab0019-", 40);
      CacheControl parsed = parse(line, "no-store", line);

      assertThat(parsed.has("no-store")).as(line).isTrue();
      assertThat(parsed.seconds("a").orElse(0)).as(line).isBetween(0L, 1L << 31);
    }
  }

  private static CacheControl parse(String... lines) {
    return CacheControl.parse(List.of(lines));
  }
}
