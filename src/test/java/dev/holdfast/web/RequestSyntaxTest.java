package dev.holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSyntaxTest {

  /** What is let through here and refused there would be answered without a problem. */
  @Test
  void pathAndQuery_isWhatJavaTakes() {
    for (char c = 0; c < 128; c++) {
      for (String text : new String[] {"/" + c, "/?" + c, "/a?b" + c + "?", "/%4" + c, "/%" + c}) {
        assertThat(RequestSyntax.isPathAndQuery(text))
            .as("%s (%d)", text, (int) c)
            .isEqualTo(c != '#' && isTaken(text));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/\u00e9", "/?\u00e9", "/%\uff11\uff11", "/#", "/?a#b", "/%", "/%a"})
  void fragmentsLettersBeyondAsciiAndHalfEscapes_areNot(String text) {
    assertThat(RequestSyntax.isPathAndQuery(text)).isFalse();
  }

  private static boolean isTaken(String text) {
    try {
      return new URI("http://h" + text).getRawPath().startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
