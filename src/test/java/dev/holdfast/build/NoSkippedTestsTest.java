package dev.holdfast.build;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class NoSkippedTestsTest {

  @Test
  void disabledTest_failsTheSession() {
    assertThatThrownBy(() -> runSession(DisabledFixture.class)).hasMessageContaining("switchedOff");
  }

  @Test
  void disabledClass_failsTheSession() {
    assertThatThrownBy(() -> runSession(DisabledClassFixture.class))
        .hasMessageContaining("DisabledClassFixture");
  }

  @Test
  void failedAssumption_failsTheSession() {
    assertThatThrownBy(() -> runSession(AssumingFixture.class)).hasMessageContaining("assuming");
  }

  @Test
  void testsThatRun_passTheSession() {
    assertThatCode(() -> runSession(RunningFixture.class)).doesNotThrowAnyException();
  }

  /** A session as the build opens it, with the listeners that are registered for all. */
  private static void runSession(Class<?> fixture) {
    try (var session = LauncherFactory.openSession()) {
      var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(fixture));
      session.getLauncher().execute(request.build());
    }
  }

  static class DisabledFixture {
    @Test
    @Disabled("fixture")
    void switchedOff() {}
  }

  @Disabled("fixture")
  static class DisabledClassFixture {
    @Test
    void never() {}
  }

  static class AssumingFixture {
    @Test
    void assuming() {
      Assumptions.assumeTrue(getClass().getName().isEmpty(), "fixture");
    }
  }

  static class RunningFixture {
    @Test
    void running() {}
  }
}
