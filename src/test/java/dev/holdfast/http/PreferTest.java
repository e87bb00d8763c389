package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 7240: Prefer: wait, respond-async")
class PreferTest {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "wait=10 | PT10S | false",
        "WAIT = 10 | PT10S | false",
        "wait=\"10\" | PT10S | false",
        "wait=0 | PT0S | false",
        "wait=60 | PT1M | false",
        "wait=61 | PT1M | false",
        "wait=99999999999999999999 | PT1M | false",
        "respond-async, wait=10 | PT10S | true",
        "return=minimal; x=\"a, wait=3\", wait=10;y=z | PT10S | false",
        "wait=10, wait=20 | PT10S | false",
        "wait=x, wait=20 | none | false",
        "wait=-1 | none | false",
        "wait | none | false",
        "Respond-Async | none | true",
        "respond-async=x; foo | none | true",
        "handling=lenient | none | false",
        ", ,, | none | false",
      })
  void request_saysHowLongItWaits(String value, @Nullable Duration patience, boolean async) {
    Fields request = Fields.of("Accept", "*/*", "prefer", value);

    assertThat(Prefer.of(request, LONGEST)).isEqualTo(new Prefer(patience, async));
  }

  @Test
  void severalLines_areOneList_andTheFirstOccurrenceCounts() {
    Fields request = Fields.of("Prefer", "respond-async", "Prefer", "wait=1", "Prefer", "wait=2");

    assertThat(Prefer.of(request, LONGEST)).isEqualTo(new Prefer(Duration.ofSeconds(1), true));
  }

  @Test
  void noSuchField_saysNothing() {
    assertThat(Prefer.of(Fields.EMPTY, LONGEST)).isEqualTo(Prefer.NOTHING);
    assertThat(Prefer.removedFrom(Fields.of("A", "b"))).isEqualTo(Fields.of("A", "b"));
  }

  @Test
  void whatIsForTheCache_isRemoved_andTheRestStaysAsItWas() {
    Fields request =
        Fields.of(
            "Prefer", "wait=10, return=minimal; x=\"a, b\" ,respond-async",
            "A", "b",
            "prefer", "respond-async",
            "Prefer", "handling=lenient ,x");

    assertThat(Prefer.removedFrom(request))
        .isEqualTo(
            Fields.of(
                "Prefer", "return=minimal; x=\"a, b\"",
                "A", "b",
                "Prefer", "handling=lenient ,x"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "wait=10 | false | wait=10",
        "respond-async, wait=10 | true | respond-async, wait=10",
        "respond-async, wait=10 | false | wait=10",
        "respond-async | true | respond-async",
        "respond-async | false | none",
      })
  void whatWasHeeded_isSaid(String value, boolean respondedAsync, @Nullable String applied) {
    Prefer prefer = Prefer.of(Fields.of("Prefer", value), LONGEST);

    assertThat(prefer.applied(respondedAsync)).isEqualTo(applied);
  }
}
