package dev.holdfast.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was found to be against the laws in one schedule.
 *
 * <p>Noted and not thrown, for whoever finds it is called back in the midst of somebody else's
 * work.
 */
final class Verdicts {

  private final List<String> broken = new ArrayList<>();

  /** Notes what is wrong, and who it is about, unless that is right. */
  void unless(boolean right, String wrong, Object... about) {
    if (!right) {
      broken.add(
          wrong
              + ": "
              + Arrays.stream(about).map(String::valueOf).collect(Collectors.joining(", ")));
    }
  }

  List<String> all() {
    return broken;
  }
}
