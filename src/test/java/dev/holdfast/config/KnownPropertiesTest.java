package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

class KnownPropertiesTest {

  @Test
  void names_areReadOffTheRecords() {
    assertThat(KnownProperties.patterns())
        .contains(
            "holdfast.name",
            "holdfast.cache.max-in-flight-memory",
            "holdfast.origins.*.base-url",
            "holdfast.origins.*.pool.max-idle-time",
            "holdfast.origins.*.key.headers",
            "holdfast.origins.*.rules[#].paths",
            "holdfast.origins.*.rules[#].key.sorted-query",
            "holdfast.origins.*.default-request-headers.*")
        .doesNotContain("holdfast.origins", "holdfast.origins.*.pool", "holdfast.origins.*.rules");
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.nam, holdfast.name",
    "holdfast.cach.max-memory, holdfast.cache.max-memory",
    "holdfast.origin.catalog.base-url, holdfast.origins.catalog.base-url",
    "holdfast.catalog.base-url, holdfast.origins.catalog.base-url",
    "holdfast.base-url, holdfast.origins.NAME.base-url",
    "holdfast.origins.catalog.url, holdfast.origins.catalog.base-url",
    "holdfast.origins.catalog.max-connections, holdfast.origins.catalog.pool.max-connections",
    "holdfast.origins.catalog.pool-max-idle-time, holdfast.origins.catalog.pool.max-idle-time",
    "holdfast.origins.catalog.rules[2].path, holdfast.origins.catalog.rules[2].paths",
    "holdfast.origins.catalog.rule[0].paths, holdfast.origins.catalog.rules[0].paths",
    "holdfast.origins.catalog.rules[0].status[1], holdfast.origins.catalog.rules[0].statuses",
    "holdfast.origins.catalog.rules[1].overide-ttl,"
        + " holdfast.origins.catalog.rules[1].override-ttl",
    "holdfast.origins.catalog.rules[0].key.header, holdfast.origins.catalog.rules[0].key.headers",
    "holdfast.origins.catalog.ignored-response-directives[0],"
        + " holdfast.origins.catalog.ignore-response-directives",
    "holdfast.origins.catalog.default-request-header.x-key,"
        + " holdfast.origins.catalog.default-request-headers.x-key",
  })
  void mistypedName_isLikeTheRightOne(String unknown, String right) {
    assertThat(KnownProperties.similarTo(ConfigurationPropertyName.of(unknown)))
        .containsExactly(right);
  }

  @Test
  void partOfSeveralNames_isLikeAllOfThem() {
    assertThat(
            KnownProperties.similarTo(
                ConfigurationPropertyName.of("holdfast.origins.catalog.timeout")))
        .containsExactlyInAnyOrder(
            "holdfast.origins.catalog.caller-timeout",
            "holdfast.origins.catalog.fetch-timeout",
            "holdfast.origins.catalog.connect-timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast.size", "holdfast.origins.catalog.foo", "holdfast.cache.disk"})
  void nameLikeNoOther_isLikeNone(String unknown) {
    assertThat(KnownProperties.similarTo(ConfigurationPropertyName.of(unknown))).isEmpty();
  }

  @Test
  void whatIsNear_isListedWithEachListAsOne() {
    var ofTheOrigin =
        KnownProperties.near(ConfigurationPropertyName.of("holdfast.origins.catalog.foo"));
    assertThat(ofTheOrigin.names()).contains("base-url", "rules[0]").doesNotContain("paths");

    var ofARule =
        KnownProperties.near(ConfigurationPropertyName.of("holdfast.origins.catalog.rules[3].foo"));
    assertThat(ofARule.group()).isEqualTo("holdfast.origins.catalog.rules[3]");
    assertThat(ofARule.names()).contains("paths", "statuses", "bypass", "key.headers");
  }
}
