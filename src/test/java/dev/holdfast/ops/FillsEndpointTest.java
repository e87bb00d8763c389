package dev.holdfast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.holdfast.fill.RunningFill;
import dev.holdfast.fill.TestFills;
import dev.holdfast.ops.FillsEndpoint.Running;
import dev.holdfast.store.Store;
import dev.holdfast.testing.FakeTicker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What {@code /actuator/fills} answers; that it lists what runs is for the scenarios to show. */
class FillsEndpointTest {

  @Test
  void runningFill_isShownWithAllThatIsKnownOfIt() {
    var fill = new RunningFill("catalog", "/items/1", Duration.ofMillis(1500), 3, 4096, "storing");

    List<Map<String, Object>> fills = JsonPath.read(json(new Running(List.of(fill))), "$.fills");

    assertThat(fills)
        .containsExactly(
            Map.of(
                "origin", "catalog",
                "path", "/items/1",
                "age", "PT1.5S",
                "callers", 3,
                "bytes", 4096,
                "state", "storing"));
  }

  @Test
  void noFill_isAnEmptyList() {
    try (Store store = new Store(1, new FakeTicker())) {
      var endpoint =
          new FillsEndpoint(
              TestFills.create(
                  store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), TestFills.UNOBSERVED));

      assertThat(json(endpoint.running())).isEqualTo("{\"fills\":[]}");
    }
  }

  /** As Boot's own endpoints are written. */
  private static String json(Running answer) {
    try (var context =
        new AnnotationConfigApplicationContext(JacksonEndpointAutoConfiguration.class)) {
      return context.getBean(EndpointJsonMapper.class).get().writeValueAsString(answer);
    }
  }
}
