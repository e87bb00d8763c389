package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.scheduler.Scheduler;

/** What {@code application.yaml} makes of the libraries, on real ports. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplicationDefaultsTest {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({HoldfastConfiguration.class, TimeConfiguration.class})
  static class Application {}

  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable ConfigurableApplicationContext started;

  @BeforeAll
  void start() {
    started = run();
  }

  @AfterAll
  void stop() {
    context().close();
  }

  private static ConfigurableApplicationContext run(String... more) {
    var application = new SpringApplication(Application.class);
    var arguments = new String[more.length + 3];
    arguments[0] = "--server.port=0";
    arguments[1] = "--management.server.port=0";
    arguments[2] = "--holdfast.origins.catalog.base-url=http://localhost:9000/api";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return application.run(arguments);
  }

  @Test
  void start_isReportedWithPortsAndOrigins(CapturedOutput output) {
    try (var other =
        run(
            "--holdfast.origins.shop.base-url=https://h",
            "--holdfast.origins.shop.path-prefix=/",
            "--holdfast.origins.shop.default-request-headers.x-api-key=s3cret",
            "--holdfast.origins.shop.caller-timeout=250ms")) {
      var environment = other.getEnvironment();
      assertThat(output)
          .contains("Ready: name=holdfast port=" + environment.getProperty("local.server.port"))
          .contains(" management-port=" + environment.getProperty("local.management.port"))
          .contains(
              "Origin: name=catalog path-prefix=/catalog base-url=http://localhost:9000/api"
                  + " caller-timeout=2s fetch-timeout=30s")
          .contains(
              "Origin: name=shop path-prefix=/ base-url=https://h"
                  + " caller-timeout=250ms fetch-timeout=30s")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void openBreaker_isShownAndLeavesReadinessAlone() throws Exception {
    var breaker = context().getBean(CircuitBreakerRegistry.class).circuitBreaker("catalog");
    breaker.transitionToOpenState();
    try {
      var health = get("local.management.port", "/actuator/health/circuitBreakers");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).contains("CIRCUIT_OPEN");
      assertReadiness(200);
    } finally {
      breaker.reset();
    }
  }

  @Test
  void trafficRefused_isSeenOnBothPorts() throws Exception {
    AvailabilityChangeEvent.publish(context(), ReadinessState.REFUSING_TRAFFIC);
    try {
      assertReadiness(503);
    } finally {
      AvailabilityChangeEvent.publish(context(), ReadinessState.ACCEPTING_TRAFFIC);
    }
    assertReadiness(200);
  }

  private void assertReadiness(int status) throws Exception {
    assertThat(get("local.management.port", "/actuator/health/readiness").statusCode())
        .isEqualTo(status);
    var onCallersPort = get("local.server.port", "/readyz");
    assertThat(onCallersPort.statusCode()).isEqualTo(status);
    assertThat(onCallersPort.body()).doesNotContain("components");
    assertThat(get("local.management.port", "/actuator/health/liveness").statusCode())
        .isEqualTo(200);
    assertThat(get("local.server.port", "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void endpoints_areExposedOnlyAsListed() throws Exception {
    for (var exposed : new String[] {"health", "info", "prometheus"}) {
      assertThat(get("local.management.port", "/actuator/" + exposed).statusCode()).isEqualTo(200);
      assertThat(get("local.server.port", "/actuator/" + exposed).statusCode()).isEqualTo(404);
    }
    for (var hidden : new String[] {"env", "configprops", "metrics", "beans", "heapdump"}) {
      assertThat(get("local.management.port", "/actuator/" + hidden).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void holdfastsTimers_publishBuckets() throws Exception {
    var meters = context().getBean(MeterRegistry.class);
    meters.timer("holdfast.requests").record(Duration.ofMillis(1));
    meters.timer("holdfast.fills").record(Duration.ofMillis(1));
    meters.timer("holdfast.other").record(Duration.ofMillis(1));
    assertThat(get("local.management.port", "/actuator/prometheus").body())
        .contains("holdfast_requests_seconds_bucket{le=\"0.0025\"}")
        .contains("holdfast_requests_seconds_bucket{le=\"0.1\"}")
        .contains("holdfast_fills_seconds_bucket{le=\"60.0\"}")
        .contains("holdfast_other_seconds_count")
        .doesNotContain("holdfast_other_seconds_bucket");
  }

  @Test
  void requestLineOfSevenKilobytes_isTaken() throws Exception {
    assertThat(get("local.server.port", "/livez?" + "x".repeat(7000)).statusCode()).isEqualTo(200);
    assertThat(get("local.server.port", "/livez?" + "x".repeat(9000)).statusCode()).isEqualTo(414);
  }

  @Test
  void guards_haveHoldfastsDefaults() {
    var bulkhead = context().getBean(BulkheadRegistry.class).bulkhead("any").getBulkheadConfig();
    assertThat(bulkhead.getMaxConcurrentCalls()).isEqualTo(256);
    assertThat(bulkhead.getMaxWaitDuration()).isZero();
    var retry = context().getBean(RetryRegistry.class).retry("any").getRetryConfig();
    assertThat(retry.getMaxAttempts()).isEqualTo(1);
  }

  @Test
  void bulkheadThatWaits_stopsTheStart(CapturedOutput output) {
    var bulkhead = "--resilience4j.bulkhead.instances.catalog.";
    try (var allowed = run(bulkhead + "max-concurrent-calls=2")) {
      var config = allowed.getBean(BulkheadRegistry.class).bulkhead("catalog").getBulkheadConfig();
      assertThat(config.getMaxConcurrentCalls()).isEqualTo(2);
    }
    for (var wrong :
        new String[] {
          bulkhead + "max-wait-duration=500ms",
          "--resilience4j.bulkhead.configs.default.max-wait-duration=500ms"
        }) {
      assertThat(refused(wrong)).isTrue();
    }
    assertThat(output)
        .contains("Property: resilience4j.bulkhead.instances.catalog.max-wait-duration")
        .contains("block an event loop");
  }

  private static boolean refused(String argument) {
    try (var wrongly = run(argument)) {
      return !wrongly.isActive();
    } catch (InvalidConfigurationException expected) {
      return true;
    }
  }

  @Test
  void time_isTheSystemsAndReactors() {
    assertThat(context().getBean(Clock.class)).isEqualTo(Clock.systemUTC());
    assertThat(context().getBean(Ticker.class)).isEqualTo(Ticker.systemTicker());
    assertThat(context().getBean(Time.class).calendar())
        .isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(context().getBean("holdfastTimer", Scheduler.class).isDisposed()).isFalse();
  }

  private ConfigurableApplicationContext context() {
    var context = started;
    if (context == null) {
      throw new AssertionError("not started");
    }
    return context;
  }

  private HttpResponse<String> get(String port, String path)
      throws IOException, InterruptedException {
    var number = context().getEnvironment().getProperty(port);
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + number + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
