package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What an IDE shows, and the keys that {@code application.yaml} uses. */
class ConfigurationMetadataTest {

  private final Map<String, JsonNode> metadata = allMetadata();

  @Test
  void everyPropertyOfTheRecords_isDescribedWithItsTypeAndDefault() {
    Map<String, RecordComponent> components = new HashMap<>();
    collect("holdfast", HoldfastProperties.class, components);
    collect("holdfast.origins.*", HoldfastProperties.OriginProperties.class, components);
    assertThat(components).hasSizeGreaterThan(15);
    components.forEach(
        (name, component) -> {
          var property = metadata.getOrDefault(name, MissingNode.getInstance());
          assertThat(property.path("description").asString("")).as(name).endsWith(".");
          assertThat(property.path("type").asString(""))
              .as(name)
              .startsWith(boxed(component.getType()));
          if (!Map.class.equals(component.getType()) && !List.class.equals(component.getType())) {
            assertThat(property.path("defaultValue").asString(""))
                .as(name)
                .isEqualTo(defaultOf(component));
          }
        });
  }

  @Test
  void everyDescribedProperty_isOneOfTheRecords() {
    var known =
        KnownProperties.patterns().stream()
            .map(name -> name.replaceFirst("\\.\\*$|\\[#].*", ""))
            .collect(Collectors.toCollection(HashSet::new));
    known.add("holdfast.origins");
    assertThat(metadata.keySet().stream().filter(name -> name.startsWith("holdfast.")))
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void everyKeyOfApplicationYaml_existsInALibrarysMetadata() throws IOException {
    var source =
        (EnumerablePropertySource<?>)
            new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .get(0);
    assertThat(source.getPropertyNames()).isNotEmpty().allMatch(this::exists);
    assertThat(exists("server.max-http-header-size")).as("a key that is gone").isFalse();
  }

  private boolean exists(String key) {
    var property = metadata.get(key.replaceAll("\\[\\d+]$", ""));
    if (property != null) {
      return !property.has("deprecation");
    }
    return metadata.entrySet().stream()
        .filter(entry -> entry.getValue().path("type").asString("").startsWith("java.util.Map"))
        .anyMatch(entry -> key.startsWith(entry.getKey()));
  }

  private static void collect(
      String prefix, Class<?> type, Map<String, RecordComponent> components) {
    for (var component : type.getRecordComponents()) {
      var name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
      if (component.getType().isRecord()) {
        collect(name, component.getType(), components);
      } else {
        components.put(name, component);
      }
    }
  }

  private static String defaultOf(RecordComponent component) {
    var constructor = component.getDeclaringRecord().getDeclaredConstructors()[0];
    return Arrays.stream(constructor.getParameters())
        .filter(parameter -> parameter.getName().equals(component.getName()))
        .map(parameter -> parameter.getAnnotation(DefaultValue.class))
        .map(annotation -> annotation == null ? "" : String.join(",", annotation.value()))
        .findFirst()
        .orElseThrow();
  }

  private static String boxed(Class<?> type) {
    return Map.<Class<?>, Class<?>>of(int.class, Integer.class, boolean.class, Boolean.class)
        .getOrDefault(type, type)
        .getName();
  }

  private static Map<String, JsonNode> allMetadata() {
    Map<String, JsonNode> found = new HashMap<>();
    try {
      var loader = ConfigurationMetadataTest.class.getClassLoader();
      var files = loader.getResources("META-INF/spring-configuration-metadata.json");
      while (files.hasMoreElements()) {
        try (var in = files.nextElement().openStream()) {
          for (var property : JsonMapper.shared().readTree(in).path("properties")) {
            found.put(property.path("name").asString(), property);
          }
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return found;
  }
}
