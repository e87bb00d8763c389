package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §7.6.3: Via")
class ViaTest {

  @Test
  void member_isVersionAndName() {
    assertThat(Via.member("1.1", "holdfast")).isEqualTo("1.1 holdfast");
  }

  @Test
  void ownMember_isFoundAgain() {
    assertThat(Via.names(Fields.of("Via", Via.member("2", "Cache-1")), "Cache-1")).isTrue();
  }

  @ParameterizedTest(name = "Via: {0}")
  @ValueSource(
      strings = {
        "1.1 holdfast",
        "HTTP/1.1 holdfast",
        "1.0 fred, 1.1 p.example.net, 2 holdfast",
        "1.1 holdfast, 1.1 other",
        "1.1 holdfast (a comment)",
        "1.1\tholdfast",
        "1.1  HoldFast ",
      })
  void ownName_isALoop(String via) {
    assertThat(Via.names(Fields.of("Via", via), "holdfast")).isTrue();
    assertThat(Via.names(Fields.of("Via", "1.1 other", "via", via), "Holdfast")).isTrue();
  }

  @ParameterizedTest(name = "Via: {0}")
  @ValueSource(
      strings = {
        "",
        "holdfast",
        "1.1",
        "1.1 other",
        "1.1 holdfast2",
        "1.1 my-holdfast",
        "1.1 holdfast:8080",
        "1.1 other (holdfast)",
        "holdfast/1.1 other",
      })
  void otherName_isNone(String via) {
    assertThat(Via.names(Fields.of("Via", via), "holdfast")).isFalse();
  }

  @Test
  void messageWithoutVia_isNone() {
    assertThat(Via.names(Fields.of("X", "1.1 holdfast"), "holdfast")).isFalse();
  }
}
