package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What one caller's request headers can do to another's answer, by more than 300 names: the origin
 * answers with all that it sees, and says that all may have that for an hour.
 */
class UnkeyedHeadersTest {

  private final ScriptedOrigin origin = new ScriptedOrigin();

  UnkeyedHeadersTest() {
    origin.otherwise(
        exchange -> exchange.ok(seen(exchange.request()), "Cache-Control: public, max-age=3600"));
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void list_nothingOfOneCallerCrossesToAnother() {
    try (var holdfast = inFrontOf("allowed-request-headers=X-Listed")) {
      assertThat(HeaderNames.all()).hasSizeGreaterThan(300).doesNotHaveDuplicates();
      assertThat(crossing(holdfast, HeaderNames.all())).isEmpty();
      assertThat(crossing(holdfast, List.of("X-Listed"))).as("the twin").hasSize(1);
    }
  }

  @Test
  void default_nothingThatPretendsCrosses_andTheRestReachesTheOrigin() {
    try (var holdfast = inFrontOf()) {
      assertThat(HeaderNames.OVERRIDES).hasSizeGreaterThan(140);
      assertThat(crossing(holdfast, HeaderNames.OVERRIDES)).isEmpty();
      assertThat(crossing(holdfast, HeaderNames.OTHERS)).isEqualTo(HeaderNames.OTHERS);
    }
  }

  @Test
  void key_whatPretendsPasses_andEachHasAnAnswerOfItsOwn() {
    try (var holdfast = inFrontOf("key.headers=" + String.join(",", HeaderNames.OVERRIDES));
        var caller = holdfast.caller()) {
      for (var name : HeaderNames.OVERRIDES) {
        var target = "/catalog/" + HeaderNames.OVERRIDES.indexOf(name);
        var one = caller.exchange("GET", target, name + ": one");
        var two = caller.exchange("GET", target, name + ": two");
        var again = caller.exchange("GET", target, name + ": one");

        assertThat(one.text()).contains(name + ": one");
        assertThat(two.text()).contains(name + ": two").doesNotContain("one");
        assertThat(again.text()).isEqualTo(one.text());
        assertThat(again.header("Cache-Status")).contains(";hit;");
        assertThat(caller.exchange("GET", target).text()).doesNotContain("one", "two");
      }
    }
  }

  /** What CGI makes of a name is no way around the key, nor around what Holdfast says itself. */
  @Test
  void underscore_isReadAsAHyphen() {
    try (var holdfast =
            inFrontOf(
                "key.headers=X-Tenant",
                "default-request-headers.X-Api-Key=secret",
                "default-request-headers[X_Second]=secret");
        var caller = holdfast.caller()) {
      var answer =
          caller.exchange(
              "GET",
              "/catalog/a",
              "X_Tenant: evil",
              "X_Api-Key: evil",
              "X_Second: evil",
              "X-Second: evil",
              "X_Own: mine");

      assertThat(answer.text())
          .contains("X-Api-Key: secret", "X_Second: secret", "X_Own: mine")
          .doesNotContainIgnoringCase("tenant")
          .doesNotContain("evil");
    }
  }

  @Test
  void ownForwardingField_saysTheSameForEveryCaller() {
    try (var holdfast = inFrontOf();
        var caller = holdfast.caller()) {
      var pretending =
          HeaderNames.OVERRIDES.stream().map(name -> name + ": evil").toArray(String[]::new);
      caller.exchange("GET", "/catalog/stored", pretending);
      caller.exchange("GET", "/catalog/passed", "Cache-Control: no-cache", "X-Forwarded-For: evil");
      caller.exchange("DELETE", "/catalog/unsafe", pretending);
      caller.exchange("GET", "/catalog/plain");

      assertThat(origin.requests())
          .hasSize(4)
          .allSatisfy(
              request ->
                  assertThat(request.headers().all())
                      .filteredOn(header -> header.name().matches("(?i).*forward.*"))
                      .containsExactly(new Header("X-Forwarded-Prefix", "/catalog")));
    }
  }

  /** Those of the names by which what one caller sends is in the answer to another, who doesn't. */
  private static List<String> crossing(Holdfast holdfast, List<String> names) {
    var crossing = new ArrayList<String>();
    try (var one = holdfast.caller();
        var other = holdfast.caller()) {
      for (var i = 0; i < names.size(); i++) {
        var target = "/catalog/" + names.size() + "/" + i;
        one.exchange("GET", target, names.get(i) + ": evil");
        var answer = other.exchange("GET", target);
        assertThat(answer.header("Cache-Status")).as(names.get(i)).contains(";hit;");
        if (answer.text().contains("evil")) {
          crossing.add(names.get(i));
        }
      }
    }
    return crossing;
  }

  private static String seen(Request request) {
    return request.headers().all().stream().map(Header::toString).collect(Collectors.joining("\n"));
  }

  private Holdfast inFrontOf(String... settings) {
    var all = new ArrayList<>(List.of(settings));
    all.add("caller-timeout=20s");
    return Holdfast.inFrontOf(origin, all.toArray(String[]::new));
  }
}
