package dev.holdfast.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which property under {@code holdfast.} is unknown, where it was written, and which known one
 * is like it. It shows no values: a mistyped name may carry a secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer
    extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("holdfast");

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
    var unknown =
        cause.getUnboundProperties().stream().filter(p -> ROOT.isAncestorOf(p.getName())).toList();
    if (unknown.isEmpty()) {
      return null;
    }
    var description = new StringBuilder("Unknown configuration under holdfast.:\n");
    List<String> actions = new ArrayList<>();
    for (ConfigurationProperty property : unknown) {
      description.append("\n    Property: ").append(property.getName());
      description.append("\n    Origin: ").append(property.getOrigin());
      actions.add(action(property.getName()));
    }
    return new FailureAnalysis(description.toString(), String.join("\n", actions), cause);
  }

  private static String action(ConfigurationPropertyName unknown) {
    var similar = KnownProperties.similarTo(unknown);
    if (!similar.isEmpty()) {
      return unknown + ": did you mean " + String.join(" or ", similar) + "?";
    }
    var near = KnownProperties.near(unknown);
    return unknown
        + ": there is no property like it. Under "
        + near.group()
        + " there are: "
        + String.join(", ", near.names())
        + ".";
  }
}
