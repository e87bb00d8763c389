package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OriginsTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(HoldfastConfiguration.class);

  @Test
  void originWithItsBaseUrlAlone_hasTheDocumentedDefaults() {
    runner
        .withPropertyValues("holdfast.origins.catalog.base-url=http://localhost:9000/api/")
        .run(
            context -> {
              var properties = context.getBean(HoldfastProperties.class);
              assertThat(properties.name()).isEqualTo("holdfast");
              long jvm = Runtime.getRuntime().maxMemory();
              assertThat(properties.cache().maxMemoryBytes()).isEqualTo(jvm / 4);
              assertThat(properties.cache().maxInFlightMemoryBytes()).isEqualTo(jvm / 8);

              var origin = context.getBean(Origins.class).all().iterator().next();
              assertThat(origin.name()).isEqualTo("catalog");
              assertThat(origin.baseUrl()).hasToString("http://localhost:9000/api");
              assertThat(origin.authority()).isEqualTo("localhost:9000");
              assertThat(origin.pathPrefix()).isEqualTo("/catalog");
              assertThat(origin.stripPrefix()).isTrue();
              assertThat(origin.defaultRequestHeaders()).isEmpty();
              assertThat(origin.callerTimeout()).isEqualTo(Duration.ofSeconds(2));
              assertThat(origin.fetchTimeout()).isEqualTo(Duration.ofSeconds(30));
              assertThat(origin.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
              assertThat(origin.maxConnections()).isEqualTo(256);
              assertThat(origin.maxIdleTime()).isEqualTo(Duration.ofSeconds(4));
              assertThat(origin.maxLifeTime()).isEqualTo(Duration.ofMinutes(5));
              assertThat(origin.policy().defaultTtl()).isZero();
              assertThat(origin.policy().overrideTtl()).isNull();
              assertThat(origin.policy()).isEqualTo(PolicySettings.BY_DEFAULT);
              assertThat(origin.rules()).isEmpty();
              assertThat(origin.sslBundle()).isNull();
              assertThat(origin.allowedRequestHeaders()).isNull();
              assertThat(origin.resend()).isTrue();
              assertThat(origin.policy().cookies()).isEqualTo(Cookies.PRIVATE);
              assertThat(origin.policy().maxStoredBodyBytes()).isEqualTo(8L * 1024 * 1024);
            });
  }

  @Test
  void everythingWritten_isResolved() {
    runner
        .withPropertyValues(
            "holdfast.name=edge-1",
            "holdfast.cache.max-memory=64MB",
            "holdfast.cache.max-in-flight-memory=16MB",
            "holdfast.origins.catalog.base-url=HTTPS://[::1]:9443",
            "holdfast.origins.catalog.path-prefix=/shop/v1/",
            "holdfast.origins.catalog.strip-prefix=false",
            "holdfast.origins.catalog.default-request-headers.X-Api-Key=k",
            "holdfast.origins.catalog.caller-timeout=250ms",
            "holdfast.origins.catalog.pool.max-connections=8",
            "holdfast.origins.catalog.override-ttl=0s",
            "holdfast.origins.catalog.cookies=ignore",
            "holdfast.origins.catalog.resend=false",
            "holdfast.origins.catalog.allowed-request-headers=Accept,X-Tenant",
            "holdfast.origins.catalog.heuristic-freshness=true",
            "holdfast.origins.catalog.max-heuristic-ttl=1h",
            "holdfast.origins.catalog.ignore-response-directives=No-Store,x-own",
            "holdfast.origins.catalog.authorization=per-credential",
            "holdfast.origins.catalog.stale-while-revalidate=30s",
            "holdfast.origins.catalog.stale-if-error=1h",
            "holdfast.origins.catalog.key.ignored-query-parameters=utm_*,gclid",
            "holdfast.origins.catalog.key.sorted-query=true",
            "holdfast.origins.catalog.key.headers=X-Tenant,Accept-Language,x-tenant",
            "holdfast.origins.catalog.max-stored-body=1KB")
        .run(
            context -> {
              var properties = context.getBean(HoldfastProperties.class);
              assertThat(properties.name()).isEqualTo("edge-1");
              assertThat(properties.cache().maxMemoryBytes()).isEqualTo(64L << 20);
              assertThat(properties.cache().maxInFlightMemoryBytes()).isEqualTo(16L << 20);

              var origin = context.getBean(Origins.class).all().iterator().next();
              assertThat(origin.baseUrl()).hasToString("https://[::1]:9443");
              assertThat(origin.authority()).isEqualTo("[::1]:9443");
              assertThat(origin.pathPrefix()).isEqualTo("/shop/v1");
              assertThat(origin.stripPrefix()).isFalse();
              assertThat(origin.defaultRequestHeaders()).isEqualTo(Map.of("X-Api-Key", "k"));
              assertThat(origin.callerTimeout()).isEqualTo(Duration.ofMillis(250));
              assertThat(origin.maxConnections()).isEqualTo(8);
              assertThat(origin.policy().overrideTtl()).isEqualTo(Duration.ZERO);
              assertThat(origin.resend()).isFalse();
              assertThat(origin.allowedRequestHeaders())
                  .containsExactlyInAnyOrder("accept", "x-tenant");
              assertThat(origin.policy())
                  .isEqualTo(
                      new PolicySettings(
                          false,
                          Duration.ofMillis(250),
                          Duration.ofSeconds(30),
                          AbandonedFills.COMPLETE,
                          Duration.ZERO,
                          Duration.ZERO,
                          true,
                          Duration.ofHours(1),
                          Set.of("no-store", "x-own"),
                          Authorization.PER_CREDENTIAL,
                          Cookies.IGNORE,
                          Duration.ofSeconds(30),
                          Duration.ofHours(1),
                          1024,
                          new KeySettings(
                              List.of("utm_*", "gclid"),
                              true,
                              List.of("accept-language", "x-tenant"))));
              assertThat(origin.policy().maxStoredBodyBytes()).isEqualTo(1024);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "/a, a",
    "/a/, a",
    "/a/x, a",
    "/a//x, a",
    "/a/b, ab",
    "/a/b/c, ab",
    "/a/bc, a",
    "/ab, ",
    "/A, ",
    "/%61, ",
    "/, ",
    "'', ",
    "a, ",
  })
  void rawPath_goesToTheLongestPrefixInWholeSegments(String path, @Nullable String expected) {
    var origins = origins("/a", "a", "/a/b", "ab");
    assertThat(nameOf(origins.match(path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"/a, a", "/a/x, a", "/ab, all", "/, all", "'', all", "/%61, all", "*, "})
  void prefixOfOneSlash_takesEveryOtherPath(String path, @Nullable String expected) {
    var origins = origins("/a", "a", "/", "all");
    assertThat(nameOf(origins.match(path))).isEqualTo(expected);
  }

  @Test
  void named_findsByNameAlone() {
    var origins = origins("/a", "a", "/", "all");
    assertThat(nameOf(origins.named("all"))).isEqualTo("all");
    assertThat(origins.named("/a")).isNull();
    assertThat(origins.all()).extracting(OriginSettings::name).containsExactly("a", "all");
  }

  @Test
  void headerValues_areInNoToString() {
    runner
        .withPropertyValues(
            "holdfast.origins.catalog.base-url=http://localhost:9000",
            "holdfast.origins.catalog.default-request-headers.X-Api-Key=s3cret",
            "holdfast.purge.tokens=s3cret-of-16-characters")
        .run(
            context ->
                assertThat(
                        context.getBean(Origins.class).all().toString()
                            + context.getBean(HoldfastProperties.class))
                    .contains("X-Api-Key")
                    .doesNotContain("s3cret"));
  }

  private static @Nullable String nameOf(@Nullable OriginSettings origin) {
    return origin == null ? null : origin.name();
  }

  private Origins origins(String prefix, String name, String otherPrefix, String otherName) {
    var found = new Origins[1];
    runner
        .withPropertyValues(
            "holdfast.origins." + name + ".base-url=http://localhost:9000",
            "holdfast.origins." + name + ".path-prefix=" + prefix,
            "holdfast.origins." + otherName + ".base-url=http://localhost:9000",
            "holdfast.origins." + otherName + ".path-prefix=" + otherPrefix)
        .run(context -> found[0] = context.getBean(Origins.class));
    return found[0];
  }
}
