package dev.holdfast.config;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Bounds of single values; each returns the value that it accepts. */
final class Require {

  private Require() {}

  static Duration positive(String property, Duration value, String example) {
    if (value.isZero() || value.isNegative()) {
      throw new InvalidConfigurationException(
          property,
          value.toString(),
          "a duration above zero is needed",
          "Write a duration such as " + property + "=" + example + ".");
    }
    return value;
  }

  static Duration notNegative(String property, Duration value, String example) {
    if (value.isNegative()) {
      throw new InvalidConfigurationException(
          property,
          value.toString(),
          "a duration cannot be negative",
          "Write 0s or a duration such as " + property + "=" + example + ".");
    }
    return value;
  }

  static DataSize positive(String property, DataSize value, String example) {
    if (value.toBytes() <= 0) {
      throw new InvalidConfigurationException(
          property,
          value.toString(),
          "a size above zero is needed",
          "Write a size such as " + property + "=" + example + ".");
    }
    return value;
  }

  static int positive(String property, int value, int example) {
    if (value <= 0) {
      throw new InvalidConfigurationException(
          property,
          Integer.toString(value),
          "a number above zero is needed",
          "Write a number such as " + property + "=" + example + ".");
    }
    return value;
  }

  static int notNegative(String property, int value, int example) {
    if (value < 0) {
      throw new InvalidConfigurationException(
          property,
          Integer.toString(value),
          "a number cannot be negative",
          "Write 0 or a number such as " + property + "=" + example + ".");
    }
    return value;
  }
}
