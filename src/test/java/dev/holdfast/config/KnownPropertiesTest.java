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
            "holdfast.origins.*.default-request-headers.*")
        .doesNotContain("holdfast.origins", "holdfast.origins.*.pool");
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
}
