package dev.holdfast.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the pages say of the chart. */
class ChartReadmeTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([\\w.-]+)` \\| `(.*?)` \\| .+ \\|$");
  private static final Pattern INSTALL =
      Pattern.compile("(?m)^\\$ helm install holdfast helm/holdfast --set (\\S+)=(\\S+)$");

  @Test
  void everyValue_isInTheTableWithItsDefault() throws IOException {
    Map<String, Object> table = new TreeMap<>();
    for (var row : rows(ROW, section(Chart.FOLDER.resolve("README.md"), "## Values"))) {
      assertThat(table.put(row.group(1), String.valueOf(load(row.group(2))))).isNull();
    }
    Map<String, Object> values = new TreeMap<>();
    leaves("", load(Files.readString(Chart.FOLDER.resolve("values.yaml"))), values);
    assertThat(values).hasSizeGreaterThan(60);
    assertThat(table).isEqualTo(values);
  }

  @Test
  void everyValue_hasAComment() throws IOException {
    var lines = Files.readAllLines(Chart.FOLDER.resolve("values.yaml"));
    var bare = Pattern.compile("^ *[\\w-]+: ?\\S.*").asMatchPredicate();
    for (int i = 1; i < lines.size(); i++) {
      if (bare.test(lines.get(i))) {
        assertThat(lines.get(i - 1).strip()).as("before %s", lines.get(i)).startsWith("#");
      }
    }
  }

  @Test
  void appVersion_isTheProjects() throws IOException {
    var version =
        rows(
                Pattern.compile("<artifactId>holdfast</artifactId>\\s+<version>(.*?)</version>"),
                Files.readString(Path.of("pom.xml")))
            .get(0)
            .group(1);
    Map<?, ?> chart = (Map<?, ?>) load(Files.readString(Chart.FOLDER.resolve("Chart.yaml")));
    assertThat(chart.get("appVersion")).isEqualTo(version);
  }

  @Test
  void installOfTheReadme_isRendered() throws IOException {
    var command = rows(INSTALL, section(Path.of("README.md"), "## On Kubernetes"));
    assertThat(command).hasSize(1);
    var release = Release.ofSet(command.get(0).group(1), command.get(0).group(2));
    assertThat(release.applicationYaml()).contains("base-url: " + command.get(0).group(2));
  }

  private static String section(Path page, String heading) throws IOException {
    var text = Files.readString(page);
    assertThat(text).contains(heading + "\n");
    return text.substring(text.indexOf(heading + "\n")).split("\n## ", 3)[0];
  }

  private static List<MatchResult> rows(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static Object load(String yaml) {
    return new Yaml().load(yaml);
  }

  private static void leaves(String name, Object value, Map<String, Object> found) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (key, child) -> leaves(name.isEmpty() ? "" + key : name + "." + key, child, found));
    } else {
      found.put(name, String.valueOf(value));
    }
  }
}
