package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.http.ByteRanges.Parts;
import dev.holdfast.http.ByteRanges.Selection;
import dev.holdfast.http.ByteRanges.Unsatisfiable;
import dev.holdfast.http.ByteRanges.Whole;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §14.1.2, §14.2: Range in bytes")
class ByteRangesTest {

  private static final String HUGE = "99999999999999999999999999";

  @DisplayName("§14.1.2: the parts of a representation of 10 bytes")
  @ParameterizedTest(name = "[{0}] is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-4                | 0-4",
        "BYTES=0-4                | 0-4",
        "' bytes=0-4 '            | 0-4",
        "bytes=0-0                | 0-0",
        "bytes=00-04              | 0-4",
        "bytes=9-9                | 9-9",
        "bytes=5-                 | 5-9",
        "bytes=0-                 | 0-9",
        "bytes=5-100              | 5-9",
        "bytes=5-" + HUGE + "     | 5-9",
        "bytes=-3                 | 7-9",
        "bytes=-10                | 0-9",
        "bytes=-11                | 0-9",
        "bytes=-" + HUGE + "      | 0-9",
        "bytes=0-1,4-5,-1         | 0-1 4-5 9-9",
        "bytes=, 0-1 ,,\t4-5,     | 0-1 4-5",
        "bytes=0-1,2-3            | 0-1 2-3",
        "bytes=0-1,10-            | 0-1",
        "bytes=" + HUGE + "-,0-1  | 0-1",
        "bytes=-0,0-1             | 0-1",
      })
  void ranges_areParts(String range, String parts) {
    assertThat(answer(range, 10)).isEqualTo(parts);
  }

  @DisplayName("§14.2: a field in another unit or against the grammar is ignored")
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=0",
        "bytes=4-0",
        "bytes=0-4,5-2",
        "bytes=0-4,x",
        "bytes=0-4-5",
        "bytes=--5",
        "bytes=+0-4",
        "bytes=0x0-4",
        "bytes= 0 - 4",
        "bytes =0-4",
        "bytes:0-4",
        "bytes=\u0660-4",
        "0-4",
        "items=0-4",
        "bytesx=0-4",
      })
  void anythingElse_isIgnored(String range) {
    assertThat(ByteRanges.of(Fields.of("Range", range))).isEmpty();
  }

  @Test
  void repeatedField_isIgnored() {
    assertThat(ByteRanges.of(Fields.of("Range", "bytes=0-1", "range", "bytes=2-3"))).isEmpty();
    assertThat(ByteRanges.of(Fields.of("range", "bytes=2-3"))).isPresent();
    assertThat(ByteRanges.of(Fields.EMPTY)).isEmpty();
  }

  @DisplayName("§14.1.1: ranges of which the representation has no byte")
  @ParameterizedTest(name = "[{0}] of {1} bytes")
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=10-           | 10",
        "bytes=10-11,20-     | 10",
        "bytes=" + HUGE + "- | 10",
        "bytes=-0            | 10",
        "bytes=0-            | 0",
        "bytes=-0            | 0",
      })
  void rangesOutside_areUnsatisfiable(String range, long length) {
    assertThat(answer(range, length)).isEqualTo("416");
  }

  @DisplayName("§14.2, §17.15: overlapping, descending or too many ranges get the whole")
  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "bytes=0-4,4-5",
        "bytes=5-,0-1",
        "bytes=0-,0-,0-",
        "bytes=0-8,-5",
        "bytes=1-1,1-1"
      })
  void abusiveRanges_getTheWhole(String range) {
    assertThat(answer(range, 10)).isEqualTo("whole");
  }

  @Test
  void manyRanges_getTheWhole() {
    assertThat(answer("bytes=" + everySecond(16), 1000).split(" ")).hasSize(16);
    assertThat(answer("bytes=" + everySecond(17), 1000)).isEqualTo("whole");
    assertThat(answer("bytes=" + "0-,".repeat(100_000), 1000)).isEqualTo("whole");
  }

  private static String everySecond(int count) {
    StringBuilder ranges = new StringBuilder();
    for (int i = 0; i < count; i++) {
      ranges.append(2 * i).append('-').append(2 * i).append(',');
    }
    return ranges.toString();
  }

  @DisplayName("§14.1.2: the last bytes of nothing are all there is")
  @Test
  void suffixOfNothing_getsTheWhole() {
    assertThat(answer("bytes=-5", 0)).isEqualTo("whole");
    assertThat(answer("bytes=-5", 1)).isEqualTo("0-0");
  }

  @Test
  void greatestLength_hasParts() {
    long greatest = Long.MAX_VALUE;

    assertThat(answer("bytes=0-", greatest)).isEqualTo("0-" + (greatest - 1));
    assertThat(answer("bytes=-" + greatest, greatest)).isEqualTo("0-" + (greatest - 1));
    assertThat(new ByteRange(0, greatest - 1).length()).isEqualTo(greatest);
  }

  @Test
  void range_hasAByteAtLeast() {
    assertThat(new ByteRange(3, 3).length()).isEqualTo(1);
    assertThat(new ByteRange(3, 7).length()).isEqualTo(5);
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(-1, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(0, Long.MAX_VALUE));
  }

  @Test
  void anyText_isReadWithoutFailureAndPartsAreInside() {
    Random random = new Random(1412);
    for (int i = 0; i < 20_000; i++) {
      String value = "bytes=" + Texts.random(random, "0123456789--,, ", 20);
      int length = random.nextInt(100);
      ByteRanges.of(Fields.of("Range", value))
          .map(ranges -> ranges.select(length))
          .ifPresent(selection -> assertInside(selection, length));
    }
  }

  private static void assertInside(Selection selection, long length) {
    if (selection instanceof Parts parts) {
      long end = -1;
      for (ByteRange part : parts.ranges()) {
        assertThat(part.first()).isGreaterThan(end);
        end = part.last();
      }
      assertThat(end).isBetween(0L, length - 1);
    }
  }

  /** The parts, {@code whole} or {@code 416}. */
  private static String answer(String range, long length) {
    Selection selection = ByteRanges.of(Fields.of("Range", range)).orElseThrow().select(length);
    if (selection instanceof Parts parts) {
      return parts.ranges().stream().map(ByteRange::toString).collect(Collectors.joining(" "));
    }
    assertThat(selection).isIn(new Whole(), new Unsatisfiable());
    return selection instanceof Whole ? "whole" : "416";
  }
}
