package dev.holdfast.scenario;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Purges at random, in every form; what it asks for afterwards is from after that (law 2). */
final class SoakPurger implements Runnable {

  static final String TOKEN = "the-token-of-the-soak";

  private final Soak soak;
  private final Holdfast holdfast;
  private final SoakOrigin steady;
  private final SoakOrigin faulty;
  private final Random random;

  SoakPurger(Soak soak, Holdfast holdfast, SoakOrigin steady, SoakOrigin faulty, long seed) {
    this.soak = soak;
    this.holdfast = holdfast;
    this.steady = steady;
    this.faulty = faulty;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    while (soak.goesOn()) {
      var prefix = SoakCaller.origin(random);
      var target = SoakCaller.target(random, prefix);
      var versions = prefix.equals("steady") ? steady.versions() : faulty.versions();
      var soft = random.nextInt(4) == 0;

      purge(prefix, target, soft);

      var response = RawCaller.once(holdfast.port(), "GET", "/" + prefix + target);
      soak.judge(target, response);
      if (!soft) {
        isFromAfter(versions, target, response);
      }
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(60)).toNanos());
    }
  }

  private void purge(String prefix, String target, boolean soft) {
    if (!soft && random.nextInt(3) == 0) {
      var token = "Authorization: Bearer " + TOKEN;
      isDone(RawCaller.once(holdfast.port(), "PURGE", "/" + prefix + target, token));
      return;
    }
    var scope =
        switch (random.nextInt(8)) {
          case 0 -> "";
          case 1 -> ",\"prefix\":\"" + target + "\"";
          case 2 -> ",\"tags\":[\"soak\"]";
          case 3 -> ",\"refresh\":true,\"path\":\"" + target + "\"";
          default -> ",\"path\":\"" + target + "\"";
        };
    var origin = prefix.equals("steady") ? Holdfast.ORIGIN : prefix;
    var mode = soft ? "soft" : "invalidate";
    isDone(
        holdfast.purge(
            TOKEN, "{\"origin\":\"%s\",\"mode\":\"%s\"%s}".formatted(origin, mode, scope)));
  }

  private static void isDone(Response purged) {
    if (purged.status() != 200) {
      throw new AssertionError("not purged: " + purged.head() + purged.text());
    }
  }

  private void isFromAfter(long versions, String target, Response response) {
    var content = response.header(SoakContent.FIELD);
    if (response.status() != 200 || content == null) {
      return;
    }
    if (SoakContent.versionOf(content) <= versions) {
      throw new AssertionError("from before the purge: " + target + " " + response.head());
    }
    soak.purged.incrementAndGet();
  }
}
