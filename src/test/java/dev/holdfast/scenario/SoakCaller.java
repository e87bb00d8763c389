package dev.holdfast.scenario;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One caller after another over HTTP/1.1, patient or not. */
final class SoakCaller implements Runnable {

  /** How many targets each origin has; few of them are asked for most. */
  static final int KEYS = 500;

  private final Soak soak;
  private final int port;
  private final Random random;

  SoakCaller(Soak soak, int port, long seed) {
    this.soak = soak;
    this.port = port;
    this.random = new Random(seed);
  }

  /** A target of one of the origins, by the origin's name. */
  static String target(Random random, String origin) {
    return "/"
        + origin
        + "-"
        + (random.nextInt(3) == 0 ? random.nextInt(KEYS) : random.nextInt(20));
  }

  static String origin(Random random) {
    return random.nextBoolean() ? "steady" : "faulty";
  }

  @Override
  public void run() {
    while (soak.goesOn()) {
      try (var caller = RawCaller.connect(port, random.nextInt(4) == 0 ? 4096 : 0)) {
        var requests = 1 + random.nextInt(10);
        while (requests > 0 && ask(caller) && soak.goesOn()) {
          requests--;
        }
      }
    }
  }

  /** Returns whether the connection can be used again. */
  private boolean ask(RawCaller caller) {
    var origin = origin(random);
    var target = target(random, origin);
    var path = "/" + origin + target;
    if (origin.equals("faulty") && random.nextInt(10) == 0) {
      return askOtherwise(caller, path);
    }
    switch (random.nextInt(16)) {
      case 0 -> caller.send("GET " + path + " HTTP/1.1\r\nHost: loc");
      case 1 -> caller.get(path);
      case 2 -> {
        caller.get(path);
        pause(200);
      }
      case 3 -> caller.get(path).readHead();
      case 4 -> {
        caller.get(path).readHead();
        readSome(caller, random.nextInt(30_000), 0);
      }
      case 5 -> {
        return readSlowly(caller.get(path), target);
      }
      default -> {
        var response = caller.get(path).readResponse();
        soak.judge(target, response);
        return response.whole();
      }
    }
    soak.left.incrementAndGet();
    if (random.nextBoolean()) {
      caller.reset();
    }
    return false;
  }

  /** Requests whose responses are not stored, or that invalidate. */
  private boolean askOtherwise(RawCaller caller, String path) {
    var response =
        switch (random.nextInt(4)) {
          case 0 -> caller.exchange("HEAD", path);
          case 1 -> caller.exchange("GET", path, "Cache-Control: no-store");
          case 2 -> caller.exchange("GET", path, "Cache-Control: no-cache");
          default -> caller.exchange("POST", path, "Content-Length: 0");
        };
    return response.whole();
  }

  private boolean readSlowly(RawCaller caller, String target) {
    var head = caller.readHead();
    while (head.isInterim()) {
      head = caller.readHead();
    }
    var beginning = readSome(caller, random.nextInt(60_000), 2);
    var rest = caller.readBody();
    var all = Arrays.copyOf(beginning, beginning.length + rest.length());
    System.arraycopy(rest.bytes(), 0, all, beginning.length, rest.length());
    soak.judge(target, new Response(List.of(), head, new Body(all, rest.whole(), Headers.NONE)));
    return rest.whole();
  }

  /** The first bytes, or all if there are less. */
  private byte[] readSome(RawCaller caller, int most, int pauseMillis) {
    var piece = new byte[2_000];
    var bytes = new ByteArrayOutputStream();
    try {
      while (bytes.size() < most) {
        var n = caller.readSome(piece);
        if (n < 0) {
          break;
        }
        bytes.write(piece, 0, n);
        pause(pauseMillis + 1);
      }
    } catch (UncheckedIOException cutOff) {
      // as reading on will show
    }
    return bytes.toByteArray();
  }

  private void pause(int mostMillis) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(mostMillis)).toNanos());
  }
}
