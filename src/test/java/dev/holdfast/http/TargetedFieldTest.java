package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9213: targeted cache control")
class TargetedFieldTest {

  @DisplayName("§2.2: the narrowest field counts, and it alone")
  @Test
  void narrowestField_counts() {
    Fields all =
        Fields.of(
            "Cache-Control", "max-age=1, no-store",
            "CDN-Cache-Control", "max-age=2, private",
            "holdfast-cache-control", "max-age=3");
    Fields two = all.without("holdfast-cache-control"::equals);

    assertThat(CacheControl.ofResponse(all)).hasToString("max-age=3");
    assertThat(CacheControl.ofResponse(all).isTargeted()).isTrue();
    assertThat(CacheControl.ofResponse(two)).hasToString("max-age=2, private");
    assertThat(CacheControl.ofResponse(two).isTargeted()).isTrue();
    assertThat(CacheControl.ofResponse(two.without("CDN-Cache-Control"::equals)))
        .hasToString("max-age=1, no-store");
  }

  @DisplayName("§2.2: a field that is empty or no Dictionary is ignored")
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        " ",
        "max-age=10000, &&&&&",
        "MaX-aGe=3600",
        "max-age =100",
        "max-age= 100",
        "max-age=1,",
        "max-age=1;",
        "max-age=1 no-store",
        "max-age=\"1",
        "max-age=9999999999999999",
        "no-store, ext=\"\u00e9\"",
        "no-store\t;",
      })
  void invalidField_isIgnored(String value) {
    Fields response =
        Fields.of(
            "Holdfast-Cache-Control", value,
            "CDN-Cache-Control", value,
            "Cache-Control", "max-age=7");

    assertThat(CacheControl.ofResponse(response)).hasToString("max-age=7");
    assertThat(CacheControl.ofResponse(response).isTargeted()).isFalse();
    assertThat(targeted("foo")).as("a valid one").hasToString("foo");
  }

  @Test
  void nextField_isTriedAfterAnInvalidOne() {
    Fields response =
        Fields.of(
            "Holdfast-Cache-Control", "&",
            "CDN-Cache-Control", "max-age=2",
            "Cache-Control", "max-age=1");

    assertThat(CacheControl.ofResponse(response)).hasToString("max-age=2");
  }

  @DisplayName("§2.2, §2.4: a name on the list counts, and no other for its suffix")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "Other-Cache-Control, max-age=7",
    "X-CDN-Cache-Control, max-age=7",
    "CDN-Cache-Control-X, max-age=7",
    "-Cache-Control, max-age=7",
    "CDN-Cache-Control, no-store",
  })
  void otherField_doesNotCount(String name, String directives) {
    Fields response = Fields.of("Cache-Control", "max-age=7", name, "no-store");

    assertThat(CacheControl.ofResponse(response)).hasToString(directives);
  }

  @DisplayName("§2.1: seconds are an Integer; another type is a freshness of nothing")
  @ParameterizedTest(name = "{0}: {1} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60            | 60",
        "max-age=060           | 60",
        "max-age=0             | 0",
        "max-age=2147483648    | 2147483648",
        "max-age=2147483649    | 2147483648",
        "max-age=99999999999   | 2147483648",
        "max-age=1, max-age=5  | 5",
        "max-age=60;ext=1      | 60",
        "max-age=-1            | 0",
        "max-age=1.5           | 0",
        "max-age=\"10000\"     | 0",
        "max-age=a             | 0",
        "max-age=?1            | 0",
        "max-age               | 0",
        "max-age=(60)          | 0",
        "max-age=:MTA=:        | 0",
      })
  void seconds_areAnInteger(String value, long seconds) {
    assertThat(targeted(value).has("max-age")).isTrue();
    assertThat(targeted(value).seconds("max-age")).hasValue(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s-maxage", "stale-while-revalidate", "stale-if-error"})
  void otherSeconds_areAnIntegerAsWell(String directive) {
    assertThat(targeted(directive + "=\"60\"").seconds(directive)).hasValue(0);
    assertThat(targeted(directive + "=60").seconds(directive)).hasValue(60);
  }

  @DisplayName("§2.1: a directive that is false is absent")
  @Test
  void falseDirective_isAbsent() {
    assertThat(targeted("no-store=?0, max-age=5")).hasToString("max-age=5");
    assertThat(targeted("no-store=?1, max-age=5")).hasToString("no-store, max-age=5");
    assertThat(targeted("no-store, no-store=?0")).as("the last counts").hasToString("");
    assertThat(targeted("max-age=?0").seconds("max-age")).isEmpty();
  }

  @DisplayName("RFC 9111 §5.2.2.4: field names, as a String or a Token")
  @Test
  void fieldNames_areTextOrNone() {
    assertThat(targeted("no-cache=\"A, b\"").fieldNames("no-cache")).containsExactly("a", "b");
    assertThat(targeted("no-cache=a").fieldNames("no-cache")).containsExactly("a");
    assertThat(targeted("no-cache=(\"a\" \"b\")").isUnqualified("no-cache")).isTrue();
    assertThat(targeted("no-cache=1.5").isUnqualified("no-cache")).isTrue();
    assertThat(targeted("no-cache;a=1").isUnqualified("no-cache")).isTrue();
  }

  @DisplayName("RFC 9651 §4.2: several lines are one Dictionary")
  @Test
  void severalLines_areCombined() {
    Fields response = Fields.of("CDN-Cache-Control", "max-age=5", "CDN-Cache-Control", "no-cache");

    assertThat(CacheControl.ofResponse(response)).hasToString("max-age=5, no-cache");
  }

  @Test
  void requests_haveNoTargetedField() {
    Fields request = Fields.of("CDN-Cache-Control", "no-store", "Cache-Control", "max-age=0");

    assertThat(CacheControl.ofRequest(request)).hasToString("max-age=0");
    assertThat(CacheControl.ofRequest(request).isTargeted()).isFalse();
  }

  @Test
  void targetedDirectives_areOthersThanThoseOfEveryCache() {
    assertThat(targeted("no-cache")).isEqualTo(targeted("no-cache=?1"));
    assertThat(targeted("no-cache")).isNotEqualTo(CacheControl.parse(List.of("no-cache")));
    assertThat(targeted("no-cache, a").without(Set.of("a")).isTargeted()).isTrue();
  }

  @Test
  void anyText_isReadWithoutFailure() {
    Random random = new Random(9213);
    for (int i = 0; i < 20_000; i++) {
      String value = Texts.random(random, "=\"\\, \t;ab09-.?1():*@%", 30);
      Fields response = Fields.of("CDN-Cache-Control", value, "CDN-Cache-Control", "a=\"");

      assertThat(CacheControl.ofResponse(response).seconds("a").orElse(0))
          .as(value)
          .isNotNegative();
      assertThat(targeted(value).has("")).as(value).isFalse();
    }
  }

  private static CacheControl targeted(String value) {
    return CacheControl.ofResponse(
        Fields.of("Cache-Control", "x-untargeted", "CDN-Cache-Control", value));
  }
}
