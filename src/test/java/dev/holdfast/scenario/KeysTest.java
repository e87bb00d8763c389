package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.Scope;
import org.junit.jupiter.api.Test;

/** What the configuration makes part of the key, or leaves out of it. */
class KeysTest {

  private static final String NEVER_LATE = "caller-timeout=20s";
  private static final String FRESH = "Cache-Control: max-age=60";

  @Test
  void perCredential_keepsTwoBearersApartAndOneInvalidationReachesBoth() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, NEVER_LATE, "authorization=per-credential")) {
      origin.on("/me", x -> x.ok(x.request().header("Authorization") + x.request().nth(), FRESH));
      String ann = "Authorization: Bearer ann";
      String bob = "Authorization: Bearer bob";

      assertThat(holdfast.get("/me", ann).text()).isEqualTo("Bearer ann1");
      assertThat(holdfast.get("/me", bob).text()).isEqualTo("Bearer bob2");
      assertThat(holdfast.get("/me").text()).isEqualTo("null3");
      assertThat(holdfast.get("/me", ann).text()).as("stored").isEqualTo("Bearer ann1");
      assertThat(holdfast.get("/me", bob).text()).as("stored").isEqualTo("Bearer bob2");

      holdfast.invalidate(new Scope.Target("/me"));

      assertThat(holdfast.get("/me", ann).text()).isEqualTo("Bearer ann4");
      assertThat(holdfast.get("/me", bob).text()).isEqualTo("Bearer bob5");
    }
  }

  @Test
  void shared_credentialsAreNotStored() {
    try (var origin = new ScriptedOrigin();
        var holdfast = Holdfast.inFrontOf(origin, NEVER_LATE)) {
      origin.on("/me", exchange -> exchange.ok("me", FRESH));

      assertThat(holdfast.get("/me", "Authorization: Bearer ann").header("Cache-Status"))
          .contains("detail=authorization");
    }
  }

  @Test
  void headerOfTheKey_keepsTenantsApartAndPassesEvenAnOverride() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(origin, NEVER_LATE, "key.headers=X-Tenant,X-Forwarded-Proto")) {
      origin.otherwise(
          x ->
              x.ok(
                  x.request().header("X-Tenant") + x.request().header("X-Forwarded-Proto"), FRESH));

      assertThat(holdfast.get("/a", "X-Tenant: one").text()).isEqualTo("onenull");
      assertThat(holdfast.get("/a", "X-Tenant: two").text()).isEqualTo("twonull");
      assertThat(holdfast.get("/a", "X-Forwarded-Proto: https").text()).isEqualTo("nullhttps");
      assertThat(holdfast.get("/a", "X-Tenant: one", "X-Other: 1").text()).isEqualTo("onenull");
      assertThat(origin.requests("/a")).isEqualTo(3);
    }
  }

  @Test
  void ignoredParameters_areForwardedAndDoNotCount_sortedOnesMayChangePlaces() {
    try (var origin = new ScriptedOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin,
                NEVER_LATE,
                "key.ignored-query-parameters=utm_*",
                "key.sorted-query=true")) {
      origin.on("/a", exchange -> exchange.ok("ok", FRESH));

      holdfast.get("/a?utm_source=x&b=2&a=1");
      assertThat(holdfast.get("/a?a=1&b=2").header("Cache-Status")).contains(";hit;");
      assertThat(holdfast.get("/a?a=1&b=3").header("Cache-Status")).contains("fwd=uri-miss");

      assertThat(origin.requests("/a?utm_source=x&b=2&a=1")).as("as it was sent").isEqualTo(1);
      assertThat(origin.requestsTotal()).isEqualTo(2);
    }
  }
}
