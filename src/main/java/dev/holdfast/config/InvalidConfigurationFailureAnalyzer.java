package dev.holdfast.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says which property cannot work, where it was written, and what to write instead. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidConfigurationFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidConfigurationException> {

  private final Environment environment;

  InvalidConfigurationFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationException cause) {
    var description = new StringBuilder("Holdfast's configuration cannot work:\n");
    description.append("\n    Property: ").append(cause.property());
    if (cause.value() != null) {
      description.append("\n    Value: \"").append(cause.value()).append('"');
    }
    var origin = originOf(cause.property());
    if (origin != null) {
      description.append("\n    Origin: ").append(origin);
    }
    description.append("\n    Reason: ").append(cause.reason());
    return new FailureAnalysis(description.toString(), cause.action(), cause);
  }

  private @Nullable Origin originOf(String property) {
    return ConfigurationPropertyName.isValid(property)
        ? WrittenProperties.originOf(environment, ConfigurationPropertyName.of(property))
        : null;
  }
}
