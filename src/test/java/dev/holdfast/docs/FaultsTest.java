package dev.holdfast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("docs/faults.md, docs/security.md: each row has a promise, and tests that exist")
class FaultsTest {

  private static final TestMethods TESTS = TestMethods.ofTheProject();

  @ParameterizedTest
  @ValueSource(strings = {"faults.md", "security.md"})
  void everyFault_hasItsTests(String page) throws IOException {
    var rows = FaultRow.in(Files.readAllLines(Path.of("docs", page)));

    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(rows.stream().flatMap(row -> row.fault(TESTS).stream())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`FaultsTest`",
        "FaultsTest, `docs.ConformanceTest`",
        "`FaultsTest#everyFault_hasItsTests`",
      })
  void testsThatExist_areEnough(String tests) {
    assertThat(faultOf("| it hangs | 504 | " + tests + " |")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "| it hangs | 504 | |; not three cells",
        "| it hangs | | `FaultsTest` |; not three cells",
        "| it hangs | `FaultsTest` |; not three cells",
        "| it hangs | 504 | `NoSuchTest` |; no test class is named NoSuchTest",
        "| it hangs | 504 | `FaultsTest#none` |; has no test named none",
        "| it hangs | 504 | `FaultsTest`, |; no test class is named",
        "| it hangs | 504 | – |; no test class is named –",
      })
  void row_isFoundWanting(String row, String why) {
    assertThat(faultOf(row)).hasValueSatisfying(fault -> assertThat(fault).contains(why, row));
  }

  private static Optional<String> faultOf(String row) {
    return FaultRow.in(List.of("| fault | promise | tests |", "| --- | --- | --- |", row))
        .get(0)
        .fault(TESTS);
  }
}
