package dev.holdfast.scenario;

import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One connection after another over HTTP/2, with several callers on each, patient or not. */
final class SoakHttp2Caller implements Runnable {

  private static final int STREAMS = 8;

  private record Asked(String target, Http2Stream stream) {}

  private final Soak soak;
  private final EventLoopGroup loops;
  private final int port;
  private final Random random;

  SoakHttp2Caller(Soak soak, EventLoopGroup loops, int port, long seed) {
    this.soak = soak;
    this.loops = loops;
    this.port = port;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    while (soak.goesOn()) {
      try (var connection = Http2Caller.connect(loops, port)) {
        var rounds = 1 + random.nextInt(5);
        while (rounds > 0 && soak.goesOn()) {
          round(connection, rounds == 1 && random.nextBoolean());
          rounds--;
        }
      }
    }
  }

  private void round(Http2Caller connection, boolean last) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      asked.add(ask(connection));
    }
    if (last) {
      soak.left.addAndGet(STREAMS);
      connection.leave(random.nextBoolean());
      return;
    }
    for (var each : asked) {
      if (each.stream().awaitOver().isWhole()) {
        soak.judge(each.target(), each.stream().response());
      } else {
        soak.cutOff.incrementAndGet();
      }
    }
  }

  private Asked ask(Http2Caller connection) {
    var origin = SoakCaller.origin(random);
    var target = SoakCaller.target(random, origin);
    var patient = random.nextBoolean();
    var leaveAfter = patient ? Integer.MAX_VALUE : random.nextInt(20_000);
    var stream = connection.get("/" + origin + target, true, leaveAfter);
    if (!patient && random.nextInt(3) == 0) {
      stream.reset();
    }
    return new Asked(target, stream);
  }
}
