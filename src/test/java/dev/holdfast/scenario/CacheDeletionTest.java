package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code DELETE /actuator/caches}: what is in mid-body when it is answered stays out of the cache.
 */
class CacheDeletionTest {

  private static final String EXPOSED = "management.endpoints.web.exposure.include=health,caches";
  private static final String FRESH = "Cache-Control: max-age=60";

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/caches/catalog", "/actuator/caches"})
  void deletedInMidBody_oldResponseIsNeitherStoredNorShared(String caches) {
    var gate = new Gate();
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin,
                "caller-timeout=20s",
                EXPOSED,
                "management.endpoint.caches.access=unrestricted");
        var before = holdfast.caller()) {
      origin.on("/stored", exchange -> exchange.ok("stored", FRESH));
      origin.on(
          "/item",
          exchange -> {
            if (exchange.request().nth() > 1) {
              exchange.ok("new", FRESH);
              return;
            }
            exchange.head("200 OK", FRESH, "Content-Length: 6");
            exchange.send("old");
            exchange.await(gate);
            exchange.send("old");
          });
      holdfast.get("/stored");
      before.get("/catalog/item").readHead();
      assertThat(before.readPart(3)).isEqualTo("old");

      assertThat(holdfast.managed("DELETE", caches).status()).isEqualTo(204);

      var after = holdfast.get("/item");
      assertThat(after.text()).isEqualTo("new");
      assertThat(after.header("Cache-Status")).doesNotContain("collapsed").contains("stored");
      gate.open();
      assertThat(before.readBody().text()).as("its own caller gets it whole").isEqualTo("old");
      holdfast.awaitNothingLeft();
      assertThat(holdfast.fills("superseded")).isEqualTo(1);
      assertThat(holdfast.get("/item").text()).isEqualTo("new");
      assertThat(holdfast.get("/item").header("Cache-Status")).contains("hit");
      assertThat(origin.requests("/item")).isEqualTo(2);
      assertThat(holdfast.get("/stored").header("Cache-Status")).contains("fwd=uri-miss");
    }
  }

  @Test
  void unlessConfigured_cachesAreForReading() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, EXPOSED)) {
      origin.on("/stored", exchange -> exchange.ok("stored", FRESH));
      holdfast.get("/stored");

      assertThat(holdfast.managed("DELETE", "/actuator/caches").status()).isEqualTo(405);
      assertThat(holdfast.managed("DELETE", "/actuator/caches/catalog").status()).isEqualTo(405);

      assertThat(holdfast.get("/stored").header("Cache-Status")).contains("hit");
      assertThat(holdfast.managed("GET", "/actuator/caches").text()).contains("\"catalog\"");
    }
  }

  @Test
  void unlessExposed_cachesAreNotThere() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin)) {
      origin.on("/stored", exchange -> exchange.ok("stored", FRESH));
      holdfast.get("/stored");

      assertThat(holdfast.managed("DELETE", "/actuator/caches/catalog").status()).isEqualTo(404);
      assertThat(holdfast.managed("GET", "/actuator/caches").status()).isEqualTo(404);

      assertThat(holdfast.get("/stored").header("Cache-Status")).contains("hit");
    }
  }
}
