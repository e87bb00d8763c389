package dev.holdfast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.LosesBuffers;
import dev.holdfast.testing.Quiet;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulation finds out when any one guard is missing: the test of the test. */
@LosesBuffers("as some of the bugs do")
@ExtendWith(Quiet.class)
class PlantedBugsTest {

  private static final int SCHEDULES = 20_000;

  @ParameterizedTest
  @EnumSource
  void guardIsMissing_simulationFindsItOut(PlantedBug bug) {
    PlantedProduct product = PlantedProduct.with(bug);

    int seed = 1;
    while (seed < SCHEDULES && product.broken(seed) == null) {
      seed++;
    }

    assertThat(product.broken(seed)).as("what is found out").isNotNull();
    assertThat(PlantedProduct.asItIs(bug.simulation()).broken(seed)).as("without it").isNull();
  }

  @ParameterizedTest
  @ValueSource(classes = {Schedule.class, LoadSchedule.class})
  void noGuardIsMissing_nothingIsFound(Class<?> simulation) {
    PlantedProduct product = PlantedProduct.asItIs(simulation);

    for (int seed = 1; seed <= 100; seed++) {
      assertThat(product.broken(seed)).isNull();
    }
  }
}
