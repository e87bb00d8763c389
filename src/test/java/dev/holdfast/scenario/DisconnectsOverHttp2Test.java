package dev.holdfast.scenario;

import dev.holdfast.scenario.Disconnects.Moment;
import dev.holdfast.testing.NoLeaks;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Callers disconnect by the thousand over HTTP/2, by resetting their stream or losing the
 * connection, each at a moment of its own; all is stored.
 */
@ExtendWith(NoLeaks.class)
class DisconnectsOverHttp2Test {

  private static final int STREAMS = 50;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void callersDisconnectAtRandom_allIsStoredAndNothingIsLeft() {
    try (var disconnects = new Disconnects("server.http2.enabled=true")) {
      for (int wave = 0; wave < Disconnects.WAVES; wave++) {
        run(wave, disconnects);
      }
      disconnects.assertAllStoredAndNothingLeft();
    }
  }

  private void run(int wave, Disconnects disconnects) {
    List<Http2Caller> connections = new ArrayList<>();
    List<Http2Stream> waiting = new ArrayList<>();
    List<Http2Stream> middle = new ArrayList<>();
    List<Http2Stream> all = new ArrayList<>();
    for (int i = 0; i < Disconnects.WAVE; i++) {
      if (i % STREAMS == 0) {
        connections.add(Http2Caller.connect(loops, disconnects.holdfast().port()));
      }
      var moment = disconnects.moment();
      var stream = ask(connections.get(i / STREAMS), moment, wave, disconnects);
      all.add(stream);
      if (moment.compareTo(Moment.WAITING) < 0) {
        stream.reset();
      } else if (moment == Moment.WAITING) {
        waiting.add(stream);
      } else if (moment.compareTo(Moment.IN_MID_BODY) <= 0) {
        middle.add(stream);
      }
    }
    Collections.shuffle(waiting, disconnects.random());
    waiting.forEach(Http2Stream::reset);
    connections.get(0).leave(true);
    connections.get(1).leave(false);
    disconnects.begin(wave);
    middle.forEach(Http2Stream::awaitOver);
    connections.get(2).leave(true);
    connections.get(3).leave(false);
    disconnects.finish(wave);
    all.get(disconnects.random().nextInt(6, 9) * STREAMS).awaitOver();
    connections.get(4).leave(true);
    connections.get(5).leave(false);
    all.forEach(Http2Stream::awaitOver);
    connections.forEach(Http2Caller::close);
  }

  private static Http2Stream ask(
      Http2Caller caller, Moment moment, int wave, Disconnects disconnects) {
    var leaveAfterBytes =
        switch (moment) {
          case AT_THE_HEAD -> 0;
          case IN_MID_BODY -> disconnects.random().nextInt(1, Disconnects.THIRD_BYTES);
          case IN_THE_REST -> disconnects.random().nextInt(1, Disconnects.BODY_BYTES);
          default -> Integer.MAX_VALUE;
        };
    var target = "/catalog" + disconnects.target(wave);
    return caller.get(target, moment != Moment.IN_MID_REQUEST, leaveAfterBytes);
  }
}
