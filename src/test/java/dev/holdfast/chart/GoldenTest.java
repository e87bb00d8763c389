package dev.holdfast.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is rendered, to the letter. To renew it: {@code ./mvnw -Dtest=GoldenTest
 * -Dholdfast.golden=write test}, and read the difference.
 */
class GoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/chart/golden");

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.holdfast.chart.Chart#values()")
  void rendering_isAsItWas(String name, Path values) throws IOException {
    var golden = GOLDEN.resolve(name + ".yaml");
    var rendered = own(Chart.render(values));
    if ("write".equals(System.getProperty("holdfast.golden"))) {
      Files.writeString(golden, rendered);
    }
    assertThat(rendered).isEqualTo(Files.readString(golden));
  }

  @Test
  void everyGoldenFile_hasItsValues() throws IOException {
    try (var files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Chart.values().map(values -> values.get()[0] + ".yaml").toList());
    }
  }

  /** Without the alerts and the dashboard, which are files of their own, and in a steady order. */
  private static String own(String rendered) {
    return Stream.of(rendered.split("(?m)^---\n"))
        .filter(document -> !document.isBlank())
        .filter(document -> !document.contains("/prometheusrule.yaml"))
        .filter(document -> !document.contains("/dashboard.yaml"))
        .sorted()
        .collect(Collectors.joining("---\n"));
  }
}
