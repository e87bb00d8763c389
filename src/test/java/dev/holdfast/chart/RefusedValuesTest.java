package dev.holdfast.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.yaml.snakeyaml.Yaml;

/** Values that cannot work: each refused by name, beside one in its place that is accepted. */
class RefusedValuesTest {

  private static final String MINIMAL = "minimal";

  @TempDir Path directory;

  @ParameterizedTest(name = "{1}: {2}")
  @CsvFileSource(resources = "/chart/refused.csv", delimiter = '|', useHeadersInDisplayName = true)
  void value_isRefusedByName(String values, String path, String bad, String good, String message)
      throws IOException {
    assertThat(Chart.render(with(values, path, good))).contains("kind: Deployment");
    assertThatThrownBy(() -> Chart.render(with(values, path, bad))).hasMessageContaining(message);
  }

  @Test
  void noOrigin_isAnsweredWithWhatToWrite() throws IOException {
    var none = Files.writeString(directory.resolve("none.yaml"), "replicaCount: 2\n");
    assertThatThrownBy(() -> Chart.render(none))
        .hasMessageContaining("--set holdfast.origins.catalog.base-url=http://catalog:9000");
  }

  @Test
  void portsOfTheChart_areNotConfigured() throws IOException {
    assertThat(Chart.render(with(MINIMAL, "config/server/http2", "{enabled: true}")))
        .contains("http2:");
    assertThatThrownBy(() -> Chart.render(with(MINIMAL, "config/server/port", "9000")))
        .hasMessageContaining("config.server.port: the chart decides it");
  }

  /** The values with one of them replaced. */
  @SuppressWarnings("unchecked")
  private Path with(String values, String path, String value) throws IOException {
    var yaml = new Yaml();
    Map<String, Object> root = yaml.load(Files.readString(Chart.values(values)));
    var names = path.split("/", -1);
    Map<String, Object> at = root;
    for (int i = 0; i < names.length - 1; i++) {
      at = (Map<String, Object>) at.computeIfAbsent(names[i], name -> new HashMap<>());
    }
    at.put(names[names.length - 1], yaml.load(value));
    return Files.writeString(Files.createTempFile(directory, "values", ".yaml"), yaml.dump(root));
  }
}
