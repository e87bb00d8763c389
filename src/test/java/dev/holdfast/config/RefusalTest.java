package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What stops the start, each refusal beside what does not. */
class RefusalTest {

  private static final String C = "holdfast.origins.catalog.";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(HoldfastConfiguration.class);

  @Test
  void noOrigin_isToldHowToNameOneAndHowToStartTheDemo() {
    var refusal = refusal();
    assertThat(refusal.property()).isEqualTo("holdfast.origins");
    assertThat(refusal.action())
        .contains("--holdfast.origins.catalog.base-url=http://localhost:9000")
        .contains("--spring.profiles.active=demo");
  }

  @Test
  void originWithoutBaseUrl_isRefused() {
    assertThat(refusal(C + "path-prefix=/x").property()).isEqualTo(C + "base-url");
    assertThat(refusal(C + "base-url=").property()).isEqualTo(C + "base-url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftp://h                | http://h               | http://localhost:9000
          localhost:9000         | http://localhost:9000  | =http://localhost:9000.
          10.0.0.1:9000/api      | http://10.0.0.1:9000   | =http://10.0.0.1:9000/api.
          /just/a/path           | http://h/just/a/path   | http://localhost:9000
          http://                | http://h               | http://localhost:9000
          http://:9000           | http://h:9000          | http://localhost:9000
          http://my_host:9000    | http://my-host:9000    | http://localhost:9000
          http://h:0             | http://h:1             | http://localhost:9000
          http://h:65536         | http://h:65535         | http://localhost:9000
          http://h:              | http://h               | http://localhost:9000
          http://h/a b           | http://h/a%20b         | http://localhost:9000
          http://h?x=1           | http://h/x=1           | http://localhost:9000
          http://h/#top          | http://h/top           | http://localhost:9000
          https://user:pw@h      | https://h/@            | http://localhost:9000
          """)
  void baseUrlThatIsMoreOrLessThanOne_isRefused(String wrong, String right, String instead) {
    var refusal = refusal(C + "base-url=" + wrong);
    assertThat(refusal.property()).isEqualTo(C + "base-url");
    assertThat(refusal.action()).contains(instead);
    accepted(C + "base-url=" + right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:s3cret@h",
        "user:s3cret@h",
        "http://user:a@s3cret@my_host",
        "http://h?key=s3cret",
        "http://h#s3cret"
      })
  void secretInABaseUrl_isNotShown(String wrong) {
    var refusal = refusal(C + "base-url=" + wrong);
    assertThat(refusal.value()).contains("h").doesNotContain("s3cret");
    assertThat(refusal).hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"my-api, myapi", "Catalog, catalog", "2nd, nd", "[my_api], myapi", "[ü], catalog"})
  void nameThatNoEnvironmentVariableCanCarry_isRefused(String wrong, String right) {
    var refusal = refusal("holdfast.origins." + wrong + ".base-url=http://h");
    assertThat(refusal.property()).startsWith("holdfast.origins.");
    assertThat(refusal.action()).contains("holdfast.origins." + right + " ");
    accepted("holdfast.origins." + right + ".base-url=http://h");
  }

  @Test
  void twoOriginsWithOnePathPrefix_areRefused() {
    var base = new String[] {C + "base-url=http://h", "holdfast.origins.shop.base-url=http://h"};
    var refusal = refusal(with(base, "holdfast.origins.shop.path-prefix=/catalog/"));
    assertThat(refusal.property()).isEqualTo("holdfast.origins.shop.path-prefix");
    assertThat(refusal.action()).contains(C + "path-prefix");
    accepted(with(base, "holdfast.origins.shop.path-prefix=/catalog/shop"));
  }

  @ParameterizedTest
  @CsvSource({
    "shop, /shop",
    "'', /",
    "//, /",
    "/a//b, /a/b",
    "//a, /a/",
    "/a?b, /a%3Fb",
    "/a#b, /a%23b",
    "/a/./b, /a/.b",
    "/.., /...",
    "/%2E%2e, /%2E%2ea",
    "/a b, /a%20b",
    "/ü, /%C3%BC",
  })
  void pathPrefixThatNoRequestCanMatch_isRefused(String wrong, String right) {
    var base = C + "base-url=http://h";
    assertThat(refusal(base, C + "path-prefix=" + wrong).property()).isEqualTo(C + "path-prefix");
    accepted(base, C + "path-prefix=" + right);
  }

  @ParameterizedTest
  @CsvSource({
    "caller-timeout, 0s, 1ms",
    "caller-timeout, -1s, 1s",
    "fetch-timeout, 0s, 1s",
    "connect-timeout, -1ms, 1ms",
    "pool.max-idle-time, 0s, 1s",
    "pool.max-life-time, 0s, 1s",
    "max-queued-fills, -1, 0",
    "pool.max-connections, 0, 1",
    "default-ttl, -1s, 0s",
    "override-ttl, -1s, 0s",
    "max-heuristic-ttl, 0s, 1s",
    "stale-while-revalidate, -1s, 0s",
    "stale-if-error, -1s, 0s",
    "ignore-response-directives, private, no-store",
    "ignore-response-directives, Private, X-Own",
    "ignore-response-directives, max-age=0, max-age",
    "key.ignored-query-parameters, utm_*x, utm_*",
    "key.ignored-query-parameters, a=1, a",
    "key.ignored-query-parameters, a;b, a%3Bb",
    "key.headers, a b, a-b",
    "key.headers, Host, X-Host",
    "key.headers, Authorization, X-Authorization",
    "allowed-request-headers, Connection, Accept",
    "allowed-request-headers, a:, a",
    "rules[0].caller-timeout, 0s, 1ms",
    "rules[0].override-ttl, -1s, 0s",
    "rules[0].max-stored-body, 0B, 1B",
    "rules[0].ignore-response-directives, private, no-store",
    "rules[0].key.headers, Host, X-Host",
    "rules[0].paths, items, /items",
    "rules[0].paths, '/{id', '/{id}'",
    "rules[0].paths, /a/**/b/{*c}/d, /a/*/b",
    "rules[0].statuses, 199, 200",
    "rules[0].statuses, 1000, 999",
    "rules[0].statuses, 1xx, 2xx",
    "rules[0].statuses, 50x, 5XX",
    "max-stored-body, 0B, 1B",
    "max-stored-body, -1MB, 1MB",
  })
  void valueOutOfBounds_isRefused(String name, String wrong, String right) {
    var base = C + "base-url=http://h";
    var refusal = refusal(base, C + name + "=" + wrong);
    assertThat(refusal.property()).isEqualTo(C + name);
    assertThat(refusal.action()).contains(C + name + "=");
    accepted(base, C + name + "=" + right);
  }

  @ParameterizedTest
  @CsvSource({
    "bypass, bypass, true",
    "caller-timeout, caller-timeout, 1s",
    "fetch-timeout, fetch-timeout, 1s",
    "authorization, authorization, per-credential",
    "cookies, cookies, ignore",
    "key, key.sorted-query, true",
  })
  void ruleOfStatuses_saysNothingOfRequests(String property, String name, String value) {
    var base = C + "base-url=http://h";
    var rule = C + "rules[0].";
    var refusal = refusal(base, rule + "statuses=404", rule + name + "=" + value);
    assertThat(refusal.property()).isEqualTo(rule + property);
    assertThat(refusal.action()).contains(rule + "statuses");
    accepted(base, rule + "paths=/a", rule + name + "=" + value);
  }

  @Test
  void ruleOfStatuses_saysWhatItLikesOfResponses() {
    var rule = C + "rules[0].";
    accepted(
        C + "base-url=http://h",
        rule + "paths=/a/**",
        rule + "statuses=404,5xx",
        rule + "default-ttl=1s",
        rule + "override-ttl=1s",
        rule + "heuristic-freshness=true",
        rule + "max-heuristic-ttl=1s",
        rule + "ignore-response-directives=no-store",
        rule + "stale-while-revalidate=1s",
        rule + "stale-if-error=1s",
        rule + "max-stored-body=1KB");
  }

  @Test
  void sslBundle_isOfAnHttpsOriginAndThere() {
    var bundle = C + "ssl.bundle=origin";
    var registry = new DefaultSslBundleRegistry("origin", SslBundle.systemDefault());
    var withBundle = runner.withBean(SslBundles.class, () -> registry);

    var missing = refusal(C + "base-url=https://h", bundle);
    assertThat(missing.property()).isEqualTo(C + "ssl.bundle");
    assertThat(missing.action()).contains("spring.ssl.bundle.pem.origin");
    assertThat(refusal(C + "base-url=http://h", bundle).reason()).contains("not https");
    withBundle
        .withPropertyValues(C + "base-url=https://h", bundle)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource({
    "name, a b, a-b",
    "name, 1st, first",
    "name, '', h",
    "cache.max-memory, 0B, 1MB",
    "cache.max-in-flight-memory, -1MB, 1MB",
    "callers.max-waiting, 0, 1",
    "callers.max-waiting, -1, 1",
    "callers.head-timeout, 0s, 1s",
    "callers.idle-timeout, -1s, 1s",
    "callers.write-timeout, 0s, 1s",
    "callers.shutdown-delay, -1s, 0s",
    "callers.shutdown-delay, 30s, 29s",
  })
  void valueOfTheWholeCacheThatCannotWork_isRefused(String name, String wrong, String right) {
    var base = C + "base-url=http://h";
    assertThat(refusal(base, "holdfast." + name + "=" + wrong).property())
        .isEqualTo("holdfast." + name);
    accepted(base, "holdfast." + name + "=" + right);
  }

  @ParameterizedTest
  @CsvSource({
    "[x y], 1, x-y, 1",
    "Host, h, X-Host, h",
    "content-length, 1, content-language, en",
    "Transfer-Encoding, chunked, Accept-Encoding, gzip",
    "Connection, close, X-Connection, close",
    "keep-alive, 1, keep, 1",
    "TE, trailers, T, trailers",
    "Upgrade, h2c, Upgraded, h2c",
  })
  void headerThatIsNotTheRequestsOwn_isRefused(
      String wrong, String wrongValue, String right, String rightValue) {
    var base = C + "base-url=http://h";
    var headers = C + "default-request-headers.";
    assertThat(refusal(base, headers + wrong + "=" + wrongValue).property()).startsWith(headers);
    accepted(base, headers + right + "=" + rightValue);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fifteen-letters",
        "sixteen letters.",
        "sixteen-letters\u00e9",
        "================"
      })
  void tokenThatIsNone_isRefusedAndNotShown(String token) {
    var base = C + "base-url=http://h";
    var right = "a-token-of-16+/.~_==";
    var refusal =
        refusal(base, "holdfast.purge.tokens[0]=" + right, "holdfast.purge.tokens[1]=" + token);
    assertThat(refusal.property()).isEqualTo("holdfast.purge.tokens[1]");
    assertThat(refusal.value()).isNull();
    assertThat(refusal).hasMessageNotContaining(token);
    accepted(base, "holdfast.purge.tokens=" + right + ",sixteen-letters.");
  }

  @ParameterizedTest
  @CsvSource({"9000, 9000, 9001", "'', 9000, 0", "8080, '', 8081", "9000, 9000, -1"})
  void operatorsOnTheCallersPort_areRefused(String wrong, String callers, String right) {
    var base = C + "base-url=http://h";
    var port = callers.isEmpty() ? "server.address=127.0.0.1" : "server.port=" + callers;
    assertThat(refusal(base, port, "management.server.port=" + wrong).property())
        .isEqualTo("management.server.port");
    accepted(base, port, "management.server.port=" + right);
  }

  @Test
  void headerValueWithALineBreak_isRefusedAndNotShown() {
    var refusal =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> RequestHeaders.checked("p", Map.of("X-Api-Key", "s3cret\n")));
    assertThat(refusal.property()).isEqualTo("p.X-Api-Key");
    assertThat(refusal).hasMessageNotContaining("s3cret");
    assertThat(RequestHeaders.checked("p", Map.of("X-Api-Key", "s3cret"))).hasSize(1);
  }

  @Test
  void headerTwiceInAnotherCase_isRefused() {
    var refusal =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> RequestHeaders.checked("p", Map.of("X-Key", "1", "x-key", "2")));
    assertThat(refusal.reason()).contains("twice");
    assertThat(RequestHeaders.checked("p", Map.of("X-Key", "1", "y-key", "2"))).hasSize(2);
  }

  @Test
  void bulkheadThatWaits_isRefused() {
    var waiting = BulkheadConfig.custom().maxWaitDuration(Duration.ofMillis(500)).build();
    var other = BulkheadRegistry.ofDefaults();
    other.bulkhead("shop", waiting);
    runner(C + "base-url=http://h")
        .withBean(BulkheadRegistry.class, () -> other)
        .run(context -> assertThat(context).hasNotFailed());

    runner(C + "base-url=http://h")
        .withBean(BulkheadRegistry.class, () -> BulkheadRegistry.of(waiting))
        .run(
            context -> {
              var refusal = invalid(context.getStartupFailure());
              assertThat(refusal.property())
                  .isEqualTo("resilience4j.bulkhead.instances.catalog.max-wait-duration");
              assertThat(refusal.reason()).contains("block an event loop");
              assertThat(refusal.action()).contains("max-wait-duration=0");
            });
  }

  private ApplicationContextRunner runner(String... properties) {
    return runner.withPropertyValues(properties);
  }

  private void accepted(String... properties) {
    runner(properties)
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Origins.class));
  }

  private InvalidConfigurationException refusal(String... properties) {
    var found = new InvalidConfigurationException[1];
    runner(properties).run(context -> found[0] = invalid(context.getStartupFailure()));
    return found[0];
  }

  private static InvalidConfigurationException invalid(@Nullable Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, cause -> cause.getCause())
        .filter(InvalidConfigurationException.class::isInstance)
        .map(InvalidConfigurationException.class::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("not refused", failure));
  }

  private static String[] with(String[] properties, String more) {
    return Stream.concat(Stream.of(properties), Stream.of(more)).toArray(String[]::new);
  }
}
