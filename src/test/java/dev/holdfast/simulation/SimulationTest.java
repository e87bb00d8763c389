package dev.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Quiet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random schedules of callers, time-outs, disconnects, invalidations and faults of the origin, with
 * the seven laws looked at after every step.
 *
 * <p>{@code -Dholdfast.simulation.schedules=N} plays that many, {@code
 * -Dholdfast.simulation.seed=S} begins with that seed. What has met what is written to {@code
 * target/simulation.md}.
 */
@ExtendWith(Quiet.class)
class SimulationTest {

  /** With so many, every event has met every phase. */
  private static final int ENOUGH = 4_000;

  private static final int SCHEDULES = Integer.getInteger("holdfast.simulation.schedules", ENOUGH);
  private static final long SEED = Long.getLong("holdfast.simulation.seed", 1);

  @Test
  void anySchedule_lawsHold_andEveryEventHasMetEveryPhase() throws IOException {
    Met met = new Met();
    for (int i = 0; i < SCHEDULES; i++) {
      new Schedule(SEED + i, met).play();
    }
    Files.writeString(
        Path.of("target", "simulation.md"),
        "%d schedules from seed %d, %d invalidations of what was being fetched%n%n%s"
            .formatted(SCHEDULES, SEED, met.overlappingPurges(), met.table()));
    if (SCHEDULES >= ENOUGH) {
      assertThat(met.missing()).as("never met").isEmpty();
      assertThat(met.overlappingPurges()).isGreaterThan(10_000);
    }
  }

  @Test
  void anyScheduleOfLoads_lawsHold() {
    for (int i = 0; i < SCHEDULES; i++) {
      assertThat(LoadSchedule.broken(SEED + i)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void sameSeed_sameSchedule(long seed) {
    Schedule first = new Schedule(seed, new Met());
    Schedule second = new Schedule(seed, new Met());

    first.play();
    second.play();

    assertThat(second.trace().lines()).isEqualTo(first.trace().lines());
  }
}
