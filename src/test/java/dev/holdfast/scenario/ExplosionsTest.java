package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are small and would make much: variants without end, ranges without end. */
class ExplosionsTest extends SharedHoldfast {

  private static final String FRESH = "Cache-Control: max-age=60";

  ExplosionsTest() {
    super("caller-timeout=20s");
  }

  @Test
  void variantsBeyondThe64th_areNotStored() {
    origin.on(
        "/vary",
        exchange -> exchange.ok("" + exchange.request().header("X-V"), FRESH, "Vary: X-V"));
    for (int i = 0; i < 70; i++) {
      assertThat(holdfast.get("/vary", "X-V: " + i).text()).isEqualTo("" + i);
    }
    holdfast.awaitNothingLeft();

    assertThat(holdfast.fills("stored")).isEqualTo(64);
    assertThat(holdfast.count("holdfast.fills.not.stored", "reason", "too-many-variants"))
        .isEqualTo(6);
    assertThat(holdfast.get("/vary", "X-V: 0").header("Cache-Status")).contains(";hit;");
  }

  @ParameterizedTest
  @CsvSource({"8, true", "9, false"})
  void fieldsThatVary_areEightAtMost(int count, boolean stored) {
    String names =
        IntStream.range(0, count).mapToObj(i -> "X-" + i).collect(Collectors.joining(", "));
    origin.on("/wide" + count, exchange -> exchange.ok("ok", FRESH, "Vary: " + names));

    holdfast.get("/wide" + count);

    holdfast.get("/wide" + count);
    assertThat(origin.requests("/wide" + count)).isEqualTo(stored ? 1 : 2);
  }

  @ParameterizedTest
  @CsvSource({
    "many, 17, 10, 206, 200",
    "as many as may be, 16, 10, 206, 206",
    "overlapping, 2, 0, 206, 200",
  })
  void rangesOfWhatIsStored_areTheWhole_ifTheyAreAbuse(
      String what, int count, int step, int part, int status) {
    origin.on("/long", exchange -> exchange.ok("0123456789".repeat(100), FRESH, "ETag: \"a\""));
    holdfast.get("/long");
    String ranges =
        IntStream.range(0, count)
            .mapToObj(i -> (i * step) + "-" + (i * step + 1))
            .collect(Collectors.joining(","));

    var answer = holdfast.get("/long", "Range: bytes=" + ranges);

    assertThat(answer.header("Cache-Status")).contains(";hit;");
    assertThat(answer.status()).as(what).isEqualTo(status);
    assertThat(answer.text().length() == 1000).isEqualTo(status == 200);
    assertThat(holdfast.get("/long", "Range: bytes=0-1").status()).isEqualTo(part);
  }
}
