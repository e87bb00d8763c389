package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPathTest {

  @ParameterizedTest
  @CsvSource({"/, /", "/items/1, /items/1", "/items?x=y, /items", "/items?, /items", "/a?b?c, /a"})
  void path_isWhatIsBeforeTheFirstQuestionMark(String target, String path) {
    assertThat(TargetPath.of(target)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b",
        "/a/%2e%2E/b",
        "/./a",
        "/a//b",
        "/a;b",
        "/a%3Bb",
        "/a%2fb",
        "/a%5Cb",
        "/a\\b",
        "/a%00",
        "/a%0a",
        "/a%1F",
        "/a%23b",
        "/a%3f",
        "/a/..",
        "/a%7f"
      })
  void pathThatCanBeReadAsAnother_isAmbiguous(String path) {
    assertThat(TargetPath.isAmbiguous(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a/b/", "/a.b/..c", "/a...", "/%41", "/a%20b", "/a%2eb", "/:@!$&'()*+,=~"})
  void pathThatIsPlain_isNot(String path) {
    assertThat(TargetPath.isAmbiguous(path)).isFalse();
  }
}
