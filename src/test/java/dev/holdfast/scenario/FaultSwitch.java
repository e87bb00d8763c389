package dev.holdfast.scenario;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The fault of one direction, the same on all connections of a proxy. */
final class FaultSwitch {

  /**
   * One turn of the switch.
   *
   * @param number counts them from 0
   */
  record Setting(int number, Fault fault) {}

  /** Guarded by this. */
  private Setting setting = new Setting(0, Fault.NONE);

  synchronized void set(Fault fault) {
    setting = new Setting(setting.number() + 1, fault);
    notifyAll();
  }

  synchronized Setting setting() {
    return setting;
  }

  /** Returns when the time is over, or the switch has been turned since. */
  synchronized void awaitAnotherThan(Setting old, Duration atMost) throws InterruptedException {
    var begin = System.nanoTime();
    while (setting.number() == old.number()) {
      var left = atMost.toNanos() - (System.nanoTime() - begin);
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
