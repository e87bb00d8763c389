package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPathTest {

  @ParameterizedTest
  @CsvSource({"/, /", "/items/1, /items/1", "/items?x=y, /items", "/items?, /items", "/a?b?c, /a"})
  void path_isWhatIsBeforeTheFirstQuestionMark(String target, String path) {
    assertThat(TargetPath.of(target)).isEqualTo(path);
  }
}
