package dev.holdfast.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves Spring Boot's configuration of traces out where they are off: no request is to have a span
 * that goes nowhere, and what a caller says of its own trace is to reach the origin as it is.
 */
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

  private static final List<String> PACKAGES =
      List.of(
          "org.springframework.boot.micrometer.tracing.",
          "org.springframework.boot.opentelemetry.");

  private boolean on;

  @Override
  public void setEnvironment(Environment environment) {
    on = environment.getProperty(TracingDefault.ENABLED, Boolean.class, true);
  }

  @Override
  public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
    boolean[] kept = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      String name = classes[i];
      kept[i] = on || name == null || PACKAGES.stream().noneMatch(name::startsWith);
    }
    return kept;
  }
}
