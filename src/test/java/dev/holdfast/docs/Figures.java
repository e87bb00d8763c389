package dev.holdfast.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard, the rules and the rules' tests, as they are written. */
final class Figures {

  private static final Path CHART = Path.of("helm", "holdfast");
  private static final Path TESTS = Path.of("src", "figures");
  private static final Pattern METRIC =
      Pattern.compile("\\b(holdfast|cache|jvm|process|resilience4j|http)_\\w+(?=[{\\s)\\[]|$)");
  private static final Pattern NO_METRICS =
      Pattern.compile("\\{[^}]*}|\\b(?:by|on|without|ignoring) \\([^)]*\\)");

  private Figures() {}

  /** The panels of the dashboard, rows included. */
  static List<JsonNode> panels() throws IOException {
    Path dashboard = CHART.resolve("dashboards/holdfast.json");
    return JsonMapper.shared()
        .readTree(Files.readString(dashboard))
        .get("panels")
        .valueStream()
        .toList();
  }

  /** All rules, those that record and those that alert. */
  static List<JsonNode> rules() throws IOException {
    return yaml(CHART.resolve("rules/holdfast.yaml"))
        .get("groups")
        .valueStream()
        .flatMap(group -> group.get("rules").valueStream())
        .toList();
  }

  static List<JsonNode> alerts() throws IOException {
    return rules().stream().filter(rule -> rule.has("alert")).toList();
  }

  /** Each alert that a test of the rules asks for, and whether it is to fire. */
  static List<AlertTest> alertTests() throws IOException {
    List<AlertTest> tests = new ArrayList<>();
    for (String file : List.of("rules-test.yaml", "rules-days-test.yaml")) {
      yaml(TESTS.resolve(file))
          .get("tests")
          .valueStream()
          .flatMap(test -> test.get("alert_rule_test").valueStream())
          .map(
              asked ->
                  new AlertTest(
                      asked.get("alertname").asString(), !asked.get("exp_alerts").isEmpty()))
          .forEach(tests::add);
    }
    return tests;
  }

  record AlertTest(String alert, boolean fires) {}

  /** The metrics that dashboard and rules ask for; not those that the rules record. */
  static Set<String> metrics() throws IOException {
    Stream<String> ofPanels =
        panels().stream()
            .flatMap(panel -> panel.path("targets").valueStream())
            .map(target -> target.get("expr").asString());
    Stream<String> ofRules = rules().stream().map(rule -> rule.get("expr").asString());
    Set<String> metrics = new TreeSet<>();
    Stream.concat(ofPanels, ofRules)
        .map(query -> NO_METRICS.matcher(query).replaceAll(" "))
        .flatMap(query -> METRIC.matcher(query).results())
        .forEach(found -> metrics.add(found.group()));
    return metrics;
  }

  private static JsonNode yaml(Path file) throws IOException {
    return JsonMapper.shared().valueToTree(new Yaml().load(Files.readString(file)));
  }
}
