package dev.holdfast.config;

import org.jspecify.annotations.Nullable;

/** A configuration that cannot work: which property, why, and what to write instead. */
final class InvalidConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String property;
  private final @Nullable String value;
  private final String reason;
  private final String action;

  /**
   * @param property the property's full name
   * @param value what was written, fit to be shown (no secret in it); null when nothing was, or it
   *     must not be shown
   * @param reason why it cannot work, the rest of a sentence
   * @param action what to write instead, whole sentences
   */
  InvalidConfigurationException(
      String property, @Nullable String value, String reason, String action) {
    super(property + ": " + reason + ". " + action);
    this.property = property;
    this.value = value;
    this.reason = reason;
    this.action = action;
  }

  String property() {
    return property;
  }

  @Nullable String value() {
    return value;
  }

  String reason() {
    return reason;
  }

  String action() {
    return action;
  }
}
