package dev.holdfast.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Dockerfile and compose file, which the build does not run, say what the rest of the tree says.
 */
class ImageFilesTest {

  @Test
  void filesThatAreCopiedOrMounted_exist() throws IOException {
    var copied = matches(read("Dockerfile"), "(?m)^COPY (?!--from)(.+) \\S+$", 1);
    assertThat(copied).isNotEmpty();
    assertThat(copied).flatMap(line -> List.of(line.split(" "))).allSatisfy(this::exists);
    var mounted = matches(read("compose.yaml"), "- (\\./[^:]+):", 1);
    assertThat(mounted).hasSizeGreaterThan(3).allSatisfy(this::exists);
    assertThat(matches(read("Dockerfile"), "source=([^,]+)", 1))
        .isNotEmpty()
        .allSatisfy(this::exists);
  }

  @Test
  void version_isTheProjects() throws IOException {
    var version =
        matches(read("pom.xml"), "<artifactId>holdfast</artifactId>\\s*<version>([^<]+)", 1);
    assertThat(version).hasSize(1);
    for (var file : List.of("Dockerfile", "compose.yaml")) {
      assertThat(matches(read(file), "holdfast:(\\d[\\w.-]*)", 1))
          .as(file)
          .isNotEmpty()
          .containsOnly(version.get(0));
    }
  }

  @Test
  void userEntryPointAndPorts_areThoseOfTheBuiltImage() throws IOException {
    var dockerfile = read("Dockerfile");
    var pom = read("pom.xml");
    assertThat(matches(dockerfile, "(?m)^USER (\\S+)", 1))
        .isEqualTo(matches(pom, "<user>([^<]+)", 1))
        .hasSize(1);
    assertThat(matches(dockerfile, "ENTRYPOINT \\[\"([^\"]+)\"", 1))
        .isEqualTo(matches(pom, "<entrypoint>\\s*<arg>([^<]+)", 1))
        .hasSize(1);
    var ports = matches(pom, "<port>(\\d+)</port>", 1);
    assertThat(matches(dockerfile, "EXPOSE (.+)", 1)).containsExactly(String.join(" ", ports));
    assertThat(read("src/main/resources/application.yaml"))
        .contains("port: " + ports.get(0), "port: " + ports.get(1));
    assertThat(read("src/compose/prometheus.yaml")).contains("holdfast:" + ports.get(1));
  }

  @Test
  void temurin_isTheSameEverywhere() throws IOException {
    var all = read("Dockerfile") + read("compose.yaml");
    assertThat(matches(all, "eclipse-temurin:(\\S+)-(?:jdk|jre)", 1).stream().distinct())
        .hasSize(1);
  }

  @Test
  void composeFiles_areYaml() throws IOException {
    for (var file :
        List.of(
            "compose.yaml",
            "src/compose/prometheus.yaml",
            "src/compose/grafana/datasources.yaml",
            "src/compose/grafana/dashboards.yaml")) {
      assertThat(new Yaml().<Object>load(read(file))).as(file).isNotNull();
    }
  }

  private void exists(String path) {
    assertThat(Path.of(path)).exists();
  }

  private static String read(String path) throws IOException {
    return Files.readString(Path.of(path));
  }

  private static List<String> matches(String text, String pattern, int group) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult m) -> m.group(group))
        .toList();
  }
}
