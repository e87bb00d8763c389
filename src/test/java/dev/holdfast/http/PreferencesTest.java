package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §4.1, RFC 9110 §12.5: values of one meaning have one form")
class PreferencesTest {

  private static final List<String> FIELDS =
      List.of("accept", "accept-charset", "accept-encoding", "accept-language");

  @ParameterizedTest(name = "{0}: [{1}] is [{2}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "accept-language | 'en, de'                   | 'de,en'",
        "accept-language | 'de-DE,EN'                 | 'de-de,en'",
        "accept-language | 'en;q=0.5, de'             | 'de,en;q=0.5'",
        "accept-language | 'de;q=0.8,en;q=0.9,*;q=0.1' | 'en;q=0.9,de;q=0.8,*;q=0.1'",
        "accept-language | 'en ; q=1 , de;Q=1.0'      | 'de,en'",
        "accept-language | 'en;q=1.'                  | 'en'",
        "accept-language | 'en;q=0.50'                | 'en;q=0.5'",
        "accept-language | 'en;q=0.050'               | 'en;q=0.05'",
        "accept-language | 'en;q=0.'                  | 'en;q=0'",
        "accept-language | 'en;q=0.000,de'            | 'de,en;q=0'",
        "accept-language | 'en,en, EN;q=1.000'        | 'en'",
        "accept-language | 'en,en;q=0.5'              | 'en,en;q=0.5'",
        "accept-language | ', en ,,'                  | 'en'",
        "accept-language | ','                        | ''",
        "accept-language | ''                         | ''",
        "accept-encoding | 'gzip, deflate, BR'        | 'br,deflate,gzip'",
        "accept-encoding | 'identity;q=0, *;q=0.5'    | '*;q=0.5,identity;q=0'",
        "accept-charset  | 'UTF-8, iso-8859-1;q=0.7'  | 'utf-8,iso-8859-1;q=0.7'",
        "accept | 'Text/HTML, */*;q=0.8'              | 'text/html,*/*;q=0.8'",
        "accept | 'text/html ; Level=A'               | 'text/html;Level=A'",
        "accept | 'a/b;q=0.5;x=1'                     | 'a/b;x=1;q=0.5'",
        "accept | 'a/b;x=\", ;q=1\" , a/a'            | 'a/a,a/b;x=\", ;q=1\"'",
      })
  void value_hasItsNormalForm(String field, String value, String normal) {
    assertThat(normalised(field, value)).isEqualTo(normal);
    assertThat(normalised(field, normal)).isEqualTo(normal);
  }

  @DisplayName("a value against the grammar has only its white space normalised")
  @ParameterizedTest(name = "{0}: [{1}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "accept-language | 'en,de;q=2'",
        "accept-language | 'en,de;q=1.001'",
        "accept-language | 'en,de;q=0.0001'",
        "accept-language | 'en,de;q=05'",
        "accept-language | 'en,de;q=.5'",
        "accept-language | 'en,de;q=-1'",
        "accept-language | 'en,de;q='",
        "accept-language | 'en,de;q=\"1\"'",
        "accept-language | 'en,de;q=1;q=1'",
        "accept-language | 'en,de;x=1'",
        "accept-language | 'en,de;'",
        "accept-language | 'en,;q=1'",
        "accept-language | 'en,d e'",
        "accept-language | 'en,\"de\"'",
        "accept-language | 'en,d\u00e9'",
        "accept          | 'text/html,html'",
        "accept          | 'text/html,/html'",
        "accept          | 'text/html,text/'",
        "accept          | 'text/html,text/a/b'",
        "accept          | 'text/html,a/b;x'",
        "accept          | 'text/html,a/b;=x'",
        "accept          | 'text/html,a/b;x='",
        "accept          | 'text/html,a/b;x=\"'",
        "accept          | 'text/html,a/b;q=1;q=0.5'",
        "accept          | 'text/html,a/b;q=5'",
      })
  void malformedValue_staysAsItIs(String field, String value) {
    assertThat(normalised(field, value)).isEqualTo(value);
    assertThat(normalised(field, " " + value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"accept-ranges", "cookie", "x"})
  void otherFields_keepOrderAndCase(String field) {
    assertThat(normalised(field, "B;q=1.0, a")).isEqualTo("B;q=1.0,a");
  }

  @DisplayName("the order of what is equally wanted makes no difference; what is wanted does")
  @Test
  void membersInAnyOrder_areTheSame() {
    Random random = new Random(41);
    for (int i = 0; i < 5_000; i++) {
      List<String> members = members(random);
      List<String> shuffled = new ArrayList<>(members);
      Collections.shuffle(shuffled, random);
      List<String> others = members(random);

      assertThat(normalised(members)).isEqualTo(normalised(shuffled));
      assertThat(normalised(members).equals(normalised(others)))
          .as("%s and %s", members, others)
          .isEqualTo(new TreeSet<>(members).equals(new TreeSet<>(others)));
    }
  }

  /** Members in their shortest form, in any order and more than once. */
  private static List<String> members(Random random) {
    List<String> members = new ArrayList<>();
    for (int left = random.nextInt(5); left >= 0; left--) {
      String weight = List.of("", ";q=0.5", ";q=0.05", ";q=0").get(random.nextInt(4));
      members.add(List.of("en", "de", "*").get(random.nextInt(3)) + weight);
    }
    return members;
  }

  private static String normalised(List<String> members) {
    return normalised("accept-language", String.join(", ", members));
  }

  @Test
  void anyText_isNormalisedOnceAndForAll() {
    Random random = new Random(1254);
    for (int i = 0; i < 40_000; i++) {
      String field = FIELDS.get(i % FIELDS.size());
      String value = Texts.random(random, "ab/B*,;;q=01. \t\"\\", 24);
      String normal = normalised(field, value);

      assertThat(normalised(field, normal)).as(value).isEqualTo(normal);
      assertThat(normal.length()).as(value).isLessThanOrEqualTo(value.length());
      assertThat(selecting(field, value).matches(Fields.of(field, value))).as(value).isTrue();
      assertThat(selecting(field, value).matches(Fields.of(field, normal))).as(value).isTrue();
    }
  }

  @Test
  void longValue_isReadInOnePass() {
    String quotes = "a/b;x=\"" + ",;\\\"".repeat(250_000);
    String members = "a;q=0.5,".repeat(100_000);

    assertThat(normalised("accept", quotes)).isEqualTo(quotes);
    assertThat(normalised("accept-encoding", members)).isEqualTo("a;q=0.5");
  }

  private static String normalised(String field, String value) {
    return String.valueOf(selecting(field, value).values().get(0));
  }

  private static Selecting selecting(String field, String value) {
    return Selecting.by(List.of(field), Fields.of(field, value));
  }
}
