package dev.holdfast.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Says which property under {@code holdfast.} has a value of another type, and which would fit. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WrongTypeFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("holdfast");

  private final Environment environment;

  WrongTypeFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    var name = cause.getName();
    if (!ROOT.isAncestorOf(name) || findCause(cause, ConversionException.class) == null) {
      return null;
    }
    var description = "Holdfast's configuration cannot work:\n\n    Property: " + name;
    var written = WrittenProperties.originOf(environment, name);
    if (written != null) {
      description += "\n    Origin: " + written;
    }
    description += "\n    Reason: its value is of another type";
    return new FailureAnalysis(
        description, action(name, cause.getTarget().getType().toClass()), cause);
  }

  private static String action(ConfigurationPropertyName name, Class<?> type) {
    if (type == Duration.class) {
      return "Write a duration such as 250ms, 2s or 5m.";
    }
    if (type == DataSize.class) {
      return "Write a size such as 512KB or 8MB.";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "Write true or false.";
    }
    if (type == int.class) {
      return "Write a whole number.";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(Collectors.joining(" or ", "Write ", "."));
    }
    return "Write a property below "
        + name
        + ": "
        + String.join(", ", KnownProperties.near(name.append("x")).names())
        + ".";
  }
}
