package dev.holdfast.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("Each alert says what it is about, has a section in docs/operations.md, and tests")
class AlertsTest {

  @Test
  void everyAlert_saysHowBadItIs_andWhatToDo() throws IOException {
    assertThat(Figures.alerts()).hasSizeGreaterThan(10);
    for (JsonNode alert : Figures.alerts()) {
      String name = alert.get("alert").asString();
      JsonNode annotations = alert.get("annotations");
      assertThat(alert.at("/labels/severity").asString()).as(name).isIn("page", "ticket");
      assertThat(annotations.path("summary").asString()).as(name).isNotBlank();
      assertThat(annotations.path("description").asString()).as(name).contains("{{ $");
      assertThat(annotations.path("runbook_url").asString())
          .as(name)
          .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void sections_areThoseOfTheAlerts() throws IOException {
    String page = Files.readString(Path.of("docs", "operations.md"));
    String alerts = page.substring(page.indexOf("\n## Alerts\n") + 1).split("\n## ", 2)[0];

    assertThat(
            alerts.lines().filter(line -> line.startsWith("### ")).map(line -> line.substring(4)))
        .containsExactlyElementsOf(
            Figures.alerts().stream().map(alert -> alert.get("alert").asString()).toList());
  }

  @Test
  void everyAlert_hasATestThatItFires_andOneThatItDoesNot() throws IOException {
    Set<String> alerts =
        Figures.alerts().stream().map(alert -> alert.get("alert").asString()).collect(toSet());

    for (boolean fires : new boolean[] {true, false}) {
      assertThat(Figures.alertTests())
          .filteredOn(test -> test.fires() == fires)
          .extracting(Figures.AlertTest::alert)
          .as(fires ? "fires" : "is silent")
          .containsAll(alerts);
    }
  }
}
