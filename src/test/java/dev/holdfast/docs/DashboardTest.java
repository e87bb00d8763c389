package dev.holdfast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.RunningHoldfast;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("Dashboard and rules ask for what there is, and each panel says what it shows")
class DashboardTest {

  @Test
  void everyMetric_isThereBeforeTheFirstRequest() throws Exception {
    String published;
    try (var holdfast =
        RunningHoldfast.start("--holdfast.origins.catalog.base-url=http://origin.invalid")) {
      published = scrape(holdfast.managementPort());
    }

    assertThat(Figures.metrics())
        .contains(
            "holdfast_requests_seconds_bucket", "cache_evictions_total", "process_files_open_files")
        .isSubsetOf(
            published
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet()));
  }

  private static String scrape(int port) throws IOException, InterruptedException {
    URI prometheus = URI.create("http://localhost:" + port + "/actuator/prometheus");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(prometheus).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void everyPanel_saysWhatItShows_andAsksTheChosenSource() throws IOException {
    for (JsonNode panel : Figures.panels()) {
      String title = panel.get("title").asString();
      assertThat(panel.get("type").asString())
          .as(title)
          .isIn("row", "stat", "timeseries", "state-timeline", "bargauge");
      if (panel.get("type").asString().equals("row")) {
        continue;
      }
      assertThat(panel.path("description").asString()).as(title).endsWith(".");
      for (JsonNode target : panel.get("targets")) {
        assertThat(target.at("/datasource/uid").asString()).as(title).isEqualTo("${datasource}");
        assertThat(target.path("legendFormat").asString()).as(title).isNotBlank();
      }
    }
  }

  @Test
  void idsOfPanels_areTheirOwn() throws IOException {
    List<Integer> ids = Figures.panels().stream().map(panel -> panel.get("id").asInt()).toList();

    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
  }
}
