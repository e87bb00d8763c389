package dev.holdfast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("docs/conformance.md: each requirement has tests that exist, or a reason")
class ConformanceTest {

  private static final Path FILE = Path.of("docs", "conformance.md");
  private static final TestMethods TESTS = TestMethods.ofTheProject();

  @Test
  void everyRequirement_hasItsTestsOrAReason() throws IOException {
    List<Requirement> requirements = Requirement.in(Files.readAllLines(FILE));

    assertThat(requirements).hasSizeGreaterThan(100);
    assertThat(requirements.stream().flatMap(row -> row.fault(TESTS).stream())).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "ConformanceTest.text_isFoundWanting",
        "`ConformanceTest.text_isFoundWanting`",
        "docs.ConformanceTest.repeated_isATest",
        "dev.holdfast.docs.ConformanceTest.everyRequirement_hasItsTestsOrAReason",
        "ConformanceTest.repeated_isATest, `ConformanceTest.everyRequirement_hasItsTestsOrAReason`",
        "service.RevalidationTest.callersOfAStaleResponse_askOnce",
        "TableLincheckIT.threadsAtOnce_areLinearizable",
        "reason: private caches only",
        "reason: no such method as NoTest.none, and `neither`",
      })
  void testsOrReason_areEnough(String shown) {
    assertThat(faultOf("| 4.1 | a cache MUST NOT | " + shown + " |")).isEmpty();
  }

  @DisplayName("what each of these lacks is in the message, and so is the row")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "''; not three cells",
        "-; neither a test nor a reason: '-'",
        "reason; neither a test nor a reason: 'reason'",
        "reason:; nothing behind the colon",
        "see FreshnessTest; neither a test nor a reason",
        "ConformanceTest; neither a test nor a reason: 'ConformanceTest'",
        "ConformanceTest.repeated_isATest,; neither a test nor a reason: ''",
        "ConformanceTest.repeated_isATest reason: x; neither a test nor a reason",
        "NoSuchTest.repeated_isATest; no test class is named NoSuchTest",
        "Requirement.in; no test class is named Requirement",
        "nowhere.ConformanceTest.repeated_isATest; no test class is named nowhere.ConformanceTest",
        "formanceTest.repeated_isATest; no test class is named formanceTest",
        "RevalidationTest.callersOfAStaleResponse_askOnce; several classes are named Revalidation",
        "ConformanceTest.noSuchTest; has no test named noSuchTest",
        "ConformanceTest.faultOf; has no test named faultOf",
        "ConformanceTest.repeated_isATest, NoSuchTest.x; no test class is named NoSuchTest",
        "todo: ranges; neither a test nor a reason: 'todo: ranges'",
      })
  void text_isFoundWanting(String shown, String why) {
    String row = "| 4.1 | a cache MUST NOT | " + shown + " |";

    assertThat(faultOf(row)).hasValueSatisfying(fault -> assertThat(fault).contains(why, row));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "| 4.1 | a cache MUST NOT |",
        "| 4.1 |  | reason: none |",
        "|  | a cache MUST NOT | reason: none |",
        "| 4.1 | a cache MUST NOT | reason: none | more |",
        "| 4.1 | a cache MUST NOT | reason: none",
      })
  void rowOfOtherThanThreeCells_isFoundWanting(String row) {
    assertThat(faultOf(row)).isPresent();
    assertThat(faultOf("| 4.1 | a cache MUST NOT | reason: none |")).isEmpty();
  }

  @Test
  void rowsAreAllButTheHeads_ofEveryTable() {
    List<String> lines =
        List.of(
            "# Title | with a bar",
            "",
            "| § | requirement | what shows it |",
            "| --- | --- | --- |",
            "| 3 | a | reason: x |",
            "| 3.1 | b | reason: y |",
            "prose",
            "| § | requirement | what shows it |",
            "|:--|---|---|",
            "| 4 | c | |");

    assertThat(Requirement.in(lines))
        .extracting(row -> row.cells().get(1))
        .containsExactly("a", "b", "c");
  }

  @RepeatedTest(1)
  void repeated_isATest() {
    assertThat(TESTS.fault("ConformanceTest", "repeated_isATest")).isEmpty();
  }

  private static Optional<String> faultOf(String row) {
    return Requirement.in(List.of(row)).get(0).fault(TESTS);
  }
}
