package dev.holdfast.testing;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class one of whose tests lost a buffer.
 *
 * <p>Registered for every test class ({@code junit-platform.properties}). What was lost before the
 * class began is not counted against it.
 */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    LeakWatch.leaksSoFar();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    List<String> leaks = LeakWatch.leaksSoFar();
    boolean may = context.getRequiredTestClass().isAnnotationPresent(LosesBuffers.class);
    if (!leaks.isEmpty() && !may) {
      throw new AssertionError(
          "buffers that leaked in "
              + context.getDisplayName()
              + ": "
              + leaks.size()
              + "\n"
              + String.join("\n\n", leaks));
    }
  }
}
