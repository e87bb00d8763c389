package dev.holdfast.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the chart is sound, and that Kubernetes knows every field that it renders. */
class RenderedTest {

  @Test
  void chart_lintsWithoutAWarning(@TempDir Path directory) throws Exception {
    var result = new Helm(withValues(directory)).lint().strict().call();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void chart_isPackagedUnderItsVersion(@TempDir Path directory) {
    new Helm(Chart.FOLDER.toAbsolutePath()).packageIt().withDestination(directory).call();
    assertThat(directory.resolve("holdfast-0.1.0.tgz")).isNotEmptyFile();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.holdfast.chart.Chart#values()")
  void everyObject_isOfAStrictType(String name, Path values) {
    assertThat(Release.of(values).objects()).as(name).hasSizeGreaterThan(4);
  }

  @Test
  void misspeltField_isRefused() {
    Map<String, Object> service =
        Map.of("apiVersion", "v1", "kind", "Service", "spec", Map.of("type", "ClusterIP"));
    assertThat(Strict.parse(service)).isNotNull();
    Map<String, Object> misspelt =
        Map.of("apiVersion", "v1", "kind", "Service", "spec", Map.of("typ", "ClusterIP"));
    assertThatThrownBy(() -> Strict.parse(misspelt)).hasMessageContaining("\"typ\"");
  }

  @Test
  void valuesOfEveryKind_renderEveryTemplate() throws Exception {
    try (var templates = Files.walk(Chart.FOLDER.resolve("templates"))) {
      var expected =
          templates
              .filter(file -> file.toString().endsWith(".yaml"))
              .map(file -> "holdfast/" + Chart.FOLDER.relativize(file))
              .toList();
      var rendered =
          String.join(
              "",
              List.of("minimal", "autoscaling", "ingress", "monitoring").stream()
                  .map(name -> Chart.render(Chart.values(name)))
                  .toList());
      assertThat(expected)
          .hasSizeGreaterThan(10)
          .allSatisfy(template -> assertThat(rendered).contains("# Source: " + template + "\n"));
    }
  }

  /** A copy with the values that no default can stand for: lint takes none from elsewhere. */
  private static Path withValues(Path directory) throws Exception {
    var copy = directory.resolve("holdfast");
    try (var files = Files.walk(Chart.FOLDER)) {
      for (var file : files.toList()) {
        Files.copy(file, copy.resolve(Chart.FOLDER.relativize(file).toString()));
      }
    }
    var values = copy.resolve("values.yaml");
    Files.writeString(
        values,
        Files.readString(values)
            .replace("origins: {}", "origins: {catalog: {base-url: 'http://catalog:9000'}}"));
    return copy;
  }
}
