package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §14.4: Content-Range")
class ContentRangeTest {

  @ParameterizedTest(name = "[{0}]")
  @CsvSource({
    "bytes 0-4/10, 0, 4, 10",
    "BYTES 0-4/10, 0, 4, 10",
    "' bytes 0-4/10 ', 0, 4, 10",
    "bytes 9-9/10, 9, 9, 10",
    "bytes 0-4/*, 0, 4, ",
    "bytes 0-9223372036854775805/9223372036854775806, 0, 9223372036854775805, 9223372036854775806",
  })
  void part_isRead(String value, long first, long last, @Nullable Long completeLength) {
    ContentRange expected = new ContentRange(new ByteRange(first, last), completeLength);

    assertThat(ContentRange.parse(value)).hasValue(expected);
    assertThat(expected.toString()).isEqualToIgnoringCase(value.strip());
  }

  @Test
  void unsatisfiedRange_isRead() {
    assertThat(ContentRange.parse("bytes */10")).hasValue(ContentRange.unsatisfied(10));
    assertThat(ContentRange.parse("bytes */0")).hasValue(ContentRange.unsatisfied(0));
    assertThat(ContentRange.unsatisfied(10)).hasToString("bytes */10");
    assertThat(ContentRange.of(new ByteRange(0, 4), 10)).hasToString("bytes 0-4/10");
  }

  @DisplayName("§14.4: what is in another unit or invalid says nothing")
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes /",
        "bytes */*",
        "bytes 0-4",
        "bytes 0-4/",
        "bytes /10",
        "bytes 4-0/10",
        "bytes 0-10/10",
        "bytes 0/10",
        "bytes -4/10",
        "bytes 0-/10",
        "bytes -/10",
        "bytes 0-4/-1",
        "bytes 0-4/10/10",
        "bytes=0-4/10",
        "bytes  0-4/10",
        "bytes 0 - 4/10",
        "items 0-4/10",
        "bytes 0-4/9223372036854775807",
        "bytes 0-4/99999999999999999999",
        "bytes 0-99999999999999999999/*",
      })
  void anythingElse_isNone(String value) {
    assertThat(ContentRange.parse(value)).isEmpty();
  }

  @Test
  void partBeyondTheWhole_isRefused() {
    ByteRange range = new ByteRange(0, 4);

    assertThat(ContentRange.of(range, 5).range()).isEqualTo(range);
    assertThatIllegalArgumentException().isThrownBy(() -> ContentRange.of(range, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> ContentRange.unsatisfied(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ContentRange(null, null));
  }

  @Test
  void anyText_isReadWithoutFailureAndPrintedAgain() {
    Random random = new Random(144);
    for (int i = 0; i < 20_000; i++) {
      String value = "bytes " + Texts.random(random, "0123456789--//**", 12);

      ContentRange.parse(value)
          .ifPresent(range -> assertThat(ContentRange.parse(range.toString())).hasValue(range));
    }
  }
}
