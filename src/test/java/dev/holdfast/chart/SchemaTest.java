package dev.holdfast.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema of the values: closed, and with the names that Holdfast has, no more and no fewer. */
class SchemaTest {

  /** What the chart writes by values of another name. */
  private static final Set<String> OTHERWISE =
      Set.of("holdfast.purge.tokens", "holdfast.callers.shutdown-delay");

  private final JsonNode schema = read(Chart.FOLDER.resolve("values.schema.json"));

  @Test
  void everyPropertyOfHoldfast_isInTheSchema() {
    var names = new TreeSet<String>();
    collect("holdfast", schema.at("/properties/holdfast"), names);
    var expected = new TreeSet<String>();
    for (var property :
        read(Path.of("target/classes/META-INF/spring-configuration-metadata.json"))
            .path("properties")) {
      expected.add(property.path("name").asString());
    }
    expected.removeIf(name -> !name.startsWith("holdfast.") || OTHERWISE.contains(name));
    expected.remove("holdfast.origins");
    assertThat(expected).hasSizeGreaterThan(30);
    assertThat(names).isEqualTo(expected);
  }

  @Test
  void everyPropertyOfARule_isInTheSchema() throws ClassNotFoundException {
    var names = new TreeSet<String>();
    collect("rule", schema.at("/definitions/rule"), names);
    var expected = new TreeSet<String>();
    components("rule", Class.forName("dev.holdfast.config.RuleProperties"), expected);
    assertThat(names).isEqualTo(expected);
  }

  @Test
  void everyObject_isClosedOrOfText() {
    var open = new TreeSet<String>();
    collectOpen("", schema, open);
    assertThat(open)
        .containsExactlyInAnyOrder(
            "/definitions/kubernetesObject",
            "/properties/global",
            "/properties/config/properties/logging",
            "/properties/config/properties/management",
            "/properties/config/properties/resilience4j",
            "/properties/config/properties/server",
            "/properties/config/properties/spring");
  }

  private void collect(String name, JsonNode at, Set<String> names) {
    var node = at.has("$ref") ? schema.at(at.path("$ref").asString().substring(1)) : at;
    if (node.has("properties")) {
      node.path("properties")
          .properties()
          .forEach(child -> collect(name + "." + child.getKey(), child.getValue(), names));
    } else if (node.path("additionalProperties").has("$ref")) {
      collect(name + ".*", node.path("additionalProperties"), names);
    } else {
      names.add(name);
    }
  }

  private static void components(String name, Class<?> type, Set<String> names) {
    for (var component : type.getRecordComponents()) {
      var own = name + "." + DataObjectPropertyName.toDashedForm(component.getName());
      if (component.getType().isRecord()) {
        components(own, component.getType(), names);
      } else {
        names.add(own);
      }
    }
  }

  private static void collectOpen(String path, JsonNode node, Set<String> open) {
    if (node.path("type").asString("").equals("object")) {
      var others = node.path("additionalProperties");
      if (!(others.isBoolean() && !others.asBoolean()) && !others.isObject()) {
        open.add(path);
      }
    }
    if (node.isObject()) {
      node.properties()
          .forEach(child -> collectOpen(path + "/" + child.getKey(), child.getValue(), open));
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
