package dev.holdfast.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** No log, for tests that provoke warnings by the thousand. */
public final class Quiet implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final Logger own = (Logger) LoggerFactory.getLogger("dev.holdfast");
  private final Level ownBefore = own.getLevel();
  // Caffeine's, which may not reach the others
  private final java.util.logging.Logger caffeine =
      java.util.logging.Logger.getLogger("com.github.benmanes.caffeine");

  public Quiet() {
    root.setLevel(Level.OFF);
    own.setLevel(Level.OFF);
    caffeine.setLevel(java.util.logging.Level.OFF);
  }

  @Override
  public void close() {
    root.setLevel(before);
    own.setLevel(ownBefore);
    caffeine.setLevel(null);
  }
}
