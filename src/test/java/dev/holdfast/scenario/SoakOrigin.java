package dev.holdfast.scenario;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** An origin that misbehaves at random, and counts what it has sent. */
final class SoakOrigin implements Script {

  private static final int LONGEST_BYTES = 60_000;

  /** Whole responses that may be stored. */
  final AtomicLong storable = new AtomicLong();

  /** Responses that are broken off. */
  final AtomicLong broken = new AtomicLong();

  private final long seed;
  private final boolean alsoUnstorable;
  private final int framings;
  private final AtomicLong versions = new AtomicLong();
  private volatile boolean well;

  /**
   * @param alsoUnstorable whether it also answers with errors, with what may not be stored, and not
   *     at all; else each response is storable if it is whole
   */
  SoakOrigin(long seed, boolean alsoUnstorable) {
    this.seed = seed;
    this.alsoUnstorable = alsoUnstorable;
    // where the network closes connections, too, the end of a connection says nothing
    this.framings = alsoUnstorable ? 7 : 8;
  }

  /** How many requests it has been sent; whatever is answered from now on has a later version. */
  long versions() {
    return versions.get();
  }

  /** Behaves from now on. */
  void getWell() {
    well = true;
  }

  @Override
  public void play(Exchange exchange) {
    var version = versions.incrementAndGet();
    var random = new Random(seed ^ version);
    if (exchange.request().method().equals("POST")) {
      exchange.answer("204 No Content", "");
      return;
    }
    if (well) {
      whole(exchange, version, random);
      return;
    }
    if (random.nextInt(10) == 0) {
      exchange.head("103 Early Hints", "Link: </a.css>");
    }
    switch (random.nextInt(20)) {
      case 0 -> breakOff(exchange, version, random, false);
      case 1 -> breakOff(exchange, version, random, true);
      case 2 -> {
        pause(random, 1_500);
        broken.incrementAndGet();
        exchange.reset();
      }
      case 3, 4 -> unstorable(exchange, version, random);
      default -> whole(exchange, version, random);
    }
  }

  private void unstorable(Exchange exchange, long version, Random random) {
    if (!alsoUnstorable) {
      pause(random, 300);
      whole(exchange, version, random);
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> exchange.hangUntilClosed();
      case 1 -> exchange.answer("503 Service Unavailable", "error");
      case 2 -> exchange.answer("500 Internal Server Error", "error", "Cache-Control: no-store");
      default -> {
        var body = body(exchange, version, random);
        var fields = fields(version, body.length, "private");
        exchange.head("200 OK", fields, "Content-Length: " + body.length);
        send(exchange, body, random, body.length);
      }
    }
  }

  private void whole(Exchange exchange, long version, Random random) {
    var body = body(exchange, version, random);
    var fields = fields(version, body.length, directives(random));
    var head = exchange.request().method().equals("HEAD");
    if (!head) {
      storable.incrementAndGet();
    }
    var framing = random.nextInt(head ? 1 : framings);
    if (framing < 4) {
      exchange.head("200 OK", fields, "Content-Length: " + body.length);
      if (!head) {
        send(exchange, body, random, body.length);
      }
    } else if (framing < 7) {
      exchange.chunkedHead(fields);
      var at = 0;
      while (at < body.length) {
        var next = Math.min(body.length - at, 1 + random.nextInt(10_000));
        exchange.chunk(Arrays.copyOfRange(body, at, at + next));
        at += next;
        pause(random, 5);
      }
      exchange.lastChunk();
    } else {
      exchange.head("200 OK", fields, "Connection: close");
      send(exchange, body, random, body.length);
      exchange.closeOrderly();
    }
  }

  private void breakOff(Exchange exchange, long version, Random random, boolean reset) {
    var body = body(exchange, version, random);
    broken.incrementAndGet();
    exchange.head(
        "200 OK",
        fields(version, body.length, "max-age=60"),
        "Content-Length: " + (body.length + 1));
    send(exchange, body, random, random.nextInt(body.length + 1));
    if (reset) {
      exchange.reset();
    } else {
      exchange.closeOrderly();
    }
  }

  private static byte[] body(Exchange exchange, long version, Random random) {
    var length = random.nextInt(4) == 0 ? random.nextInt(LONGEST_BYTES) : random.nextInt(2_000);
    return SoakContent.of(exchange.request().target(), version, length);
  }

  private static String directives(Random random) {
    var lifetime = "max-age=" + (1 + random.nextInt(4));
    return switch (random.nextInt(4)) {
      case 0 -> lifetime + ", stale-while-revalidate=5";
      case 1 -> lifetime + ", stale-if-error=60";
      default -> lifetime;
    };
  }

  private static String fields(long version, int length, String directives) {
    var tagged = "Surrogate-Key: any soak\r\nCache-Control: " + directives + "\r\n";
    return tagged + SoakContent.field(version, length);
  }

  private static void send(Exchange exchange, byte[] body, Random random, int length) {
    var first = random.nextInt(length + 1);
    exchange.sendBytes(Arrays.copyOf(body, first));
    if (random.nextInt(4) == 0) {
      pause(random, 100);
    }
    exchange.sendBytes(Arrays.copyOfRange(body, first, length));
  }

  private static void pause(Random random, int mostMillis) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(mostMillis)).toNanos());
  }
}
