package dev.holdfast.scenario;

import java.io.UncheckedIOException;

/** How a slow caller sends. */
final class Dripping {

  private Dripping() {}

  /**
   * Sends a drop, and does something else meanwhile.
   *
   * @return whether the connection turns out to be closed
   */
  static boolean isClosed(RawCaller slow, String drop, Runnable meanwhile) {
    try {
      slow.send(drop);
    } catch (UncheckedIOException closed) {
      return true;
    }
    for (int i = 0; i < 10; i++) {
      meanwhile.run();
    }
    return false;
  }
}
