package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

class DemoProfileTest {

  @Test
  void withTheProfile_bothAreThere() {
    try (var application = start("--spring.profiles.active=demo", "--demo.origin.port=0")) {
      assertThat(application.getBean(DemoOrigin.class).isRunning()).isTrue();
      assertThat(status(application, "/naive/plain")).isEqualTo(200);
      assertThat(application.getEnvironment().getProperty("holdfast.origins.demo.base-url"))
          .isEqualTo("http://127.0.0.1:0");
    }
  }

  @Test
  void withoutTheProfile_neitherIsThere() {
    try (var application = start()) {
      assertThat(application.getBeanNamesForType(DemoOrigin.class)).isEmpty();
      assertThat(status(application, "/naive/plain")).isEqualTo(404);
      assertThat(application.getEnvironment().getProperty("holdfast.origins.demo.base-url"))
          .isNull();
    }
  }

  @Test
  void busyOriginPort_isNamedAsTheReasonNotToStart() {
    var busy = new DemoOrigin(0, new DemoEndpoints(Mono::delay), null);
    busy.start();
    try {
      assertThatThrownBy(
              () -> start("--spring.profiles.active=demo", "--demo.origin.port=" + busy.port()))
          .hasCauseInstanceOf(PortInUseException.class);
    } finally {
      busy.stop();
    }
  }

  @Test
  void origin_startsBeforeTheCallersPortAndStopsAfterIt() {
    var origin = new DemoOrigin(0, new DemoEndpoints(Mono::delay), null);

    assertThat(origin.getPhase())
        .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
  }

  private static ConfigurableApplicationContext start(String... arguments) {
    var application = new SpringApplication(Application.class);
    application.setDefaultProperties(Map.of("server.port", "0", "management.server.port", "0"));
    return application.run(arguments);
  }

  private static int status(ConfigurableApplicationContext application, String path) {
    var port = application.getEnvironment().getRequiredProperty("local.server.port");
    return Objects.requireNonNull(
            WebClient.create()
                .get()
                .uri("http://127.0.0.1:" + port + path)
                .exchangeToMono(response -> response.toBodilessEntity())
                .block(Duration.ofSeconds(30)))
        .getStatusCode()
        .value();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(DemoConfiguration.class)
  static class Application {

    /** Of its own: closing the context would close event loops that other tests run on. */
    @Bean
    ReactorResourceFactory eventLoops() {
      var eventLoops = new ReactorResourceFactory();
      eventLoops.setUseGlobalResources(false);
      eventLoops.setShutdownQuietPeriod(Duration.ZERO);
      return eventLoops;
    }
  }
}
