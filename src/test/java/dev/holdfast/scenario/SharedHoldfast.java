package dev.holdfast.scenario;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** Tests of one Holdfast in front of one origin, which starts once; each test leaves nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedHoldfast {

  final ScriptedOrigin origin = new ScriptedOrigin();
  final Holdfast holdfast;

  SharedHoldfast(String... settings) {
    this.holdfast = Holdfast.inFrontOf(origin, settings);
  }

  @AfterEach
  void nothingIsLeft() {
    holdfast.awaitNothingLeft();
  }

  @AfterAll
  void stop() {
    holdfast.close();
    origin.close();
  }
}
