package dev.holdfast.scenario;

import dev.holdfast.testing.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One connection over which now this, now that identity asks, and which takes nothing that is not
 * for who asks.
 */
final class IdentityCaller {

  /** How many targets there are: half of all requests are for a few. */
  private static final int TARGETS = 104;

  private static final int HOT = 8;

  /** So much time passes with each request. */
  private static final Duration TICK = Duration.ofMillis(8);

  private final MarkingOrigin origin;
  private final Traffic traffic;
  private final FakeTicker time;
  private final Random random;
  private final int port;
  private final String name;

  /** What was seen last of each target. */
  private final Map<String, String> tags = new HashMap<>();

  private RawCaller connection;

  int hits;
  int sharedHits;
  int collapsed;
  int left;

  IdentityCaller(
      int number, long seed, int port, MarkingOrigin origin, Traffic traffic, FakeTicker time) {
    this.name = "c" + number;
    this.random = new Random(seed + number);
    this.port = port;
    this.origin = origin;
    this.traffic = traffic;
    this.time = time;
    this.connection = RawCaller.connect(port);
  }

  void ask(int requests) {
    traffic.comes();
    try {
      for (var i = 0; i < requests; i++) {
        time.advance(TICK);
        ask(name + "-" + i);
      }
    } finally {
      traffic.goes();
      connection.close();
    }
  }

  private void ask(String ask) {
    var who = Identity.drawn(random);
    var number = random.nextInt(random.nextBoolean() ? HOT : TARGETS);
    var target = (random.nextInt(8) == 0 ? "/own/" : "/all/") + number;
    var method = random.nextInt(16) == 0 ? "HEAD" : random.nextInt(30) == 0 ? "POST" : "GET";
    var fields = new ArrayList<>(who.fields());
    fields.add(MarkingOrigin.ASK + ": " + ask);
    fields.addAll(wishes(target));
    connection.request(method, "/catalog" + target, fields.toArray(String[]::new));
    traffic.asks();
    if (random.nextInt(50) == 0) {
      left++;
      connection.reset();
      connection = RawCaller.connect(port);
      traffic.isAnswered();
      return;
    }
    var response = connection.readResponse();
    traffic.isAnswered();
    judge(method, target, ask, who, response);
  }

  /** What some say about caches, and about what they have. */
  private List<String> wishes(String target) {
    return switch (random.nextInt(20)) {
      case 0 -> List.of("Range: bytes=1-9");
      case 1 -> List.of("Range: bytes=1-3,12-15");
      case 2, 3 -> List.of("If-None-Match: " + tags.getOrDefault(target, "\"none\""));
      case 4 -> List.of("Cache-Control: " + (random.nextBoolean() ? "no-cache" : "no-store"));
      default -> List.of();
    };
  }

  private void judge(String method, String target, String ask, Identity who, Response response) {
    var etag = response.header("ETag");
    if (etag == null || !response.whole()) {
      throw new AssertionError("not the origin's, whole: " + ask + " got " + response);
    }
    var marked = origin.answered(etag);
    tags.put(target, etag);
    var wrong = wrong(method, target, ask, who, response, marked);
    if (wrong != null) {
      throw new AssertionError(
          "%s: %s, %s of %s by %s, got %s, which is %s"
              .formatted(wrong, ask, method, target, who, response, marked));
    }
    count(who, marked, "" + response.header("Cache-Status"));
  }

  private static @Nullable String wrong(
      String method, String target, String ask, Identity who, Response response, Marked marked) {
    var confirmed = ("" + response.header("Cache-Status")).contains(";fwd-status=304");
    var toldByTheOrigin = response.status() == 304 && confirmed && marked.isTheSameFor(who);
    var own = marked.ask().equals(ask) || toldByTheOrigin;
    var ownFields = response.header("X-Own") != null || response.header("Set-Cookie") != null;
    if (!marked.target().equals(target)) {
      return "another target's";
    }
    if (!own && !marked.isAlsoFor(who, target.startsWith("/own/"))) {
      return "another's";
    }
    if (!own && ownFields && marked.hasOwnFields()) {
      return "another's fields";
    }
    return isOf(marked, method, response) ? null : "other bytes";
  }

  private void count(Identity who, Marked marked, String how) {
    if (how.contains("holdfast;hit")) {
      hits++;
      sharedHits += sameCredentials(marked.of(), who) ? 0 : 1;
    }
    collapsed += how.contains(";collapsed") ? 1 : 0;
  }

  private static boolean sameCredentials(Identity one, Identity other) {
    return Objects.equals(one.authorization(), other.authorization())
        && Objects.equals(one.cookie(), other.cookie());
  }

  private static boolean isOf(Marked marked, String method, Response response) {
    var range = response.header("Content-Range");
    var parts = ("" + response.header("Content-Type")).startsWith("multipart/byteranges");
    if (method.equals("HEAD") || response.status() == 304) {
      return response.text().isEmpty();
    }
    if (response.status() == 206) {
      return parts
          ? response.text().contains(marked.body().substring(12, 16))
          : "bytes 1-9".equals(("" + range).replaceFirst("/.*", ""))
              && response.text().equals(marked.body().substring(1, 10));
    }
    return response.text().equals(marked.body());
  }
}
