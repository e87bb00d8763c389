package dev.holdfast.config;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Has traces be off as long as there is nowhere to send them, unless the configuration says. */
final class TracingDefault implements EnvironmentPostProcessor, Ordered {

  static final String ENABLED = "management.tracing.export.enabled";

  private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (environment.getProperty(ENDPOINT, "").isBlank()) {
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("tracingDefault", Map.of(ENABLED, false)));
    }
  }

  /** Behind those that read files and OpenTelemetry's environment variables. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
