package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An origin with Spring Security's default headers, which one rule caches all the same. */
class SpringSecurityDefaultsTest {

  @Test
  void rule_cachesWhatSpringSecurityForbidsByDefault() {
    try (var origin = new SecuredOrigin();
        var holdfast =
            Holdfast.inFrontOf(
                origin.baseUrl(),
                "caller-timeout=20s",
                "rules[0].paths=/items/**",
                "rules[0].ignore-response-directives=no-cache,no-store,must-revalidate",
                "rules[0].override-ttl=60s")) {
      var first = holdfast.get("/items/1");
      assertThat(first.text()).isEqualTo("hello");
      assertThat(first.header("Cache-Control"))
          .isEqualTo("no-cache, no-store, max-age=0, must-revalidate");
      assertThat(first.header("Pragma")).isEqualTo("no-cache");
      assertThat(first.header("Expires")).isEqualTo("0");
      assertThat(first.header("X-Content-Type-Options")).isEqualTo("nosniff");

      assertThat(holdfast.get("/items/1").header("Cache-Status")).contains(";hit;ttl=");
      assertThat(origin.requests()).isEqualTo(1);

      assertThat(holdfast.get("/account").header("Cache-Status")).contains("detail=no-store");
      holdfast.get("/account");
      assertThat(origin.requests()).as("what no rule is about").isEqualTo(3);
    }
  }
}
