package dev.holdfast.config;

import org.springframework.core.env.Environment;

/** That operators have a port of their own: what is theirs must not be there for callers. */
final class PortsCheck {

  private static final String PROPERTY = "management.server.port";

  private PortsCheck() {}

  static void check(Environment environment) {
    Integer operators = environment.getProperty(PROPERTY, Integer.class);
    int callers = environment.getProperty("server.port", Integer.class, 8080);
    boolean isCallers = operators == null || (operators == callers && operators != 0);
    if (environment.containsProperty(PROPERTY) && isCallers) {
      throw new InvalidConfigurationException(
          PROPERTY,
          operators == null ? null : operators.toString(),
          "operators would be answered on the callers' port",
          "Write another port than server.port, such as " + PROPERTY + "=8081, or -1 for none.");
    }
  }
}
