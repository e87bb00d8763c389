package dev.holdfast.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The watch is on for every class, without a word of its own. */
class NoLeaksTest {

  @Test
  void classThatLosesBuffers_fails() {
    TestExecutionSummary summary = run(LosingFixture.class);

    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException())
                    .hasMessageContaining("buffers that leaked in NoLeaksTest$LosingFixture: 1")
                    .hasMessageContaining("LosingFixture.loses"));
  }

  @Test
  void classThatReleases_passes() {
    LeakWatch.leak("lost before the class began");

    TestExecutionSummary summary = run(ReleasingFixture.class);

    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(summary.getFailures()).isEmpty();
  }

  private static TestExecutionSummary run(Class<?> fixture) {
    var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(fixture)).build();
    var summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    return summary.getSummary();
  }

  static class LosingFixture {
    @Test
    void loses() {
      ByteBuf lost = PooledByteBufAllocator.DEFAULT.directBuffer(64);
      lost.writeByte(1);
    }
  }

  static class ReleasingFixture {
    @Test
    void releases() {
      PooledByteBufAllocator.DEFAULT.directBuffer(64).release();
    }
  }
}
