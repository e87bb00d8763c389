package dev.holdfast.scenario;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Turns a proxy's faults on and off at random, until told to stop. */
final class SoakWeather implements Runnable {

  private final FaultProxy proxy;
  private final Random random;
  private final Soak soak;

  SoakWeather(FaultProxy proxy, long seed, Soak soak) {
    this.proxy = proxy;
    this.random = new Random(seed);
    this.soak = soak;
  }

  @Override
  public void run() {
    while (soak.goesOn()) {
      proxy.onRequests(fault()).onResponses(fault());
      if (random.nextInt(20) == 0) {
        proxy.resetAll();
      }
      LockSupport.parkNanos(millis(400).toNanos());
    }
    proxy.onRequests(Fault.NONE).onResponses(Fault.NONE);
  }

  private Fault fault() {
    return switch (random.nextInt(16)) {
      case 0 -> Fault.NONE.laterBy(millis(50));
      case 1 -> Fault.NONE.atBytesPerSecond(1_000 + random.nextInt(200_000));
      case 2 -> Fault.NONE.inPiecesOf(1 + random.nextInt(100));
      case 3 -> Fault.NONE.closeLaterBy(millis(500));
      case 4 -> Fault.NONE.closeAt(random.nextInt(20_000));
      case 5 -> Fault.NONE.resetAt(random.nextInt(20_000));
      case 6 -> Fault.NONE.stallAt(random.nextInt(20_000));
      case 7 -> Fault.NONE.swallowFrom(random.nextInt(20_000));
      default -> Fault.NONE;
    };
  }

  private Duration millis(int most) {
    return Duration.ofMillis(random.nextInt(most));
  }
}
