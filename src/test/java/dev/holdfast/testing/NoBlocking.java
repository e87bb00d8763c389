package dev.holdfast.testing;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class during which something blocked an event loop or a timer.
 *
 * <p>Registered for every test class ({@code junit-platform.properties}).
 */
public final class NoBlocking implements AfterAllCallback {

  @Override
  public void afterAll(ExtensionContext context) {
    List<String> calls = BlockWatch.blockedSoFar();
    if (!calls.isEmpty()) {
      throw new AssertionError(
          "calls that block, in "
              + context.getDisplayName()
              + ": "
              + calls.size()
              + "\n"
              + String.join("\n\n", calls));
    }
  }
}
