package dev.holdfast.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** No log, for test classes that provoke warnings by the thousand. */
public final class Quiet implements BeforeAllCallback, AfterAllCallback {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("dev.holdfast");
  // Caffeine's, which may not reach the others
  private final java.util.logging.Logger caffeine =
      java.util.logging.Logger.getLogger("com.github.benmanes.caffeine");

  private @Nullable Level rootBefore;
  private @Nullable Level ownBefore;

  @Override
  public void beforeAll(ExtensionContext context) {
    rootBefore = root.getLevel();
    ownBefore = own.getLevel();
    root.setLevel(Level.OFF);
    own.setLevel(Level.OFF);
    caffeine.setLevel(java.util.logging.Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    root.setLevel(rootBefore);
    own.setLevel(ownBefore);
    caffeine.setLevel(null);
  }
}
