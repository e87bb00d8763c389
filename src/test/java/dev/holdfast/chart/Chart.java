package dev.holdfast.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.yaml.snakeyaml.Yaml;

/** The chart, and the values files that it is tested with. */
final class Chart {

  static final Path FOLDER = Path.of("helm/holdfast");
  private static final Path VALUES = Path.of("src/test/resources/chart/values");
  private static final Path COPY = withoutHooks();

  private Chart() {}

  /** A name for each values file, and the file. */
  static Stream<Arguments> values() throws IOException {
    try (var files = Files.list(VALUES)) {
      return files.sorted().toList().stream().map(file -> Arguments.of(name(file), file));
    }
  }

  static Path values(String name) {
    return VALUES.resolve(name + ".yaml");
  }

  /** Every manifest, the pod of {@code helm test} included. */
  static String render(Path values) {
    return template().withValuesFile(values).call();
  }

  /** Every manifest with one value given by {@code --set}. */
  static String render(String name, String value) {
    return template().set(name, value).call();
  }

  private static TemplateCommand template() {
    return new Helm(COPY)
        .template()
        .withName("shop")
        .withNamespace("web")
        .withKubeVersion("1.30.0");
  }

  /** The documents that a rendering consists of. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> documents(String rendered) {
    return Stream.of(rendered.split("(?m)^---$"))
        .map(text -> (Map<String, Object>) new Yaml().load(text))
        .filter(document -> document != null)
        .toList();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".yaml", "");
  }

  /** Hooks are not among what Helm renders, so the copy has none. */
  private static Path withoutHooks() {
    try (var files = Files.walk(FOLDER)) {
      var copy = Files.createTempDirectory("chart");
      copy.toFile().deleteOnExit();
      for (var file : files.toList()) {
        var target = copy.resolve("holdfast").resolve(FOLDER.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.writeString(
              target, Files.readString(file).replaceAll("(?m)^ +helm.sh/hook: .*\n", ""));
        }
        target.toFile().deleteOnExit();
      }
      return copy.resolve("holdfast");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
