package dev.holdfast.scenario;

import dev.holdfast.scenario.Disconnects.Moment;
import dev.holdfast.testing.NoLeaks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers disconnect by the thousand over HTTP/1.1, each at a moment of its own; all is stored. */
@ExtendWith(NoLeaks.class)
class DisconnectsOverHttp1Test {

  private record Leaving(RawCaller caller, Moment moment) {}

  @Test
  void callersDisconnectAtRandom_allIsStoredAndNothingIsLeft() {
    try (var disconnects = new Disconnects()) {
      for (int wave = 0; wave < Disconnects.WAVES; wave++) {
        run(wave, disconnects);
      }
      disconnects.assertAllStoredAndNothingLeft();
    }
  }

  private static void run(int wave, Disconnects disconnects) {
    List<Leaving> staying = new ArrayList<>();
    try (var callers = disconnects.holdfast().callers(Disconnects.WAVE)) {
      for (var caller : callers) {
        var moment = disconnects.moment();
        ask(caller, disconnects.target(wave), moment);
        if (moment.compareTo(Moment.WAITING) < 0) {
          leave(caller, disconnects);
        } else {
          staying.add(new Leaving(caller, moment));
        }
      }
      Collections.shuffle(staying, disconnects.random());
      leaveAt(staying, disconnects, Moment.WAITING);
      disconnects.begin(wave);
      leaveAt(staying, disconnects, Moment.AT_THE_HEAD, Moment.IN_MID_BODY);
      disconnects.finish(wave);
      leaveAt(staying, disconnects, Moment.IN_THE_REST, Moment.AT_THE_END);
    }
  }

  private static void leaveAt(List<Leaving> staying, Disconnects disconnects, Moment... moments) {
    for (var leaving : staying) {
      if (List.of(moments).contains(leaving.moment())) {
        read(leaving, disconnects);
        leave(leaving.caller(), disconnects);
      }
    }
  }

  private static void ask(RawCaller caller, String target, Moment moment) {
    if (moment == Moment.IN_MID_REQUEST) {
      caller.send("GET /catalog" + target + " HTTP/1.1\r\nHost: loc");
    } else {
      caller.get("/catalog" + target);
    }
  }

  private static void read(Leaving leaving, Disconnects disconnects) {
    var caller = leaving.caller();
    if (leaving.moment() != Moment.WAITING) {
      caller.readHead();
    }
    switch (leaving.moment()) {
      case IN_MID_BODY -> caller.readPart(disconnects.random().nextInt(Disconnects.THIRD_BYTES));
      case IN_THE_REST -> caller.readPart(disconnects.random().nextInt(Disconnects.BODY_BYTES));
      case AT_THE_END -> caller.readPart(Disconnects.BODY_BYTES);
      default -> {}
    }
  }

  private static void leave(RawCaller caller, Disconnects disconnects) {
    if (disconnects.random().nextBoolean()) {
      caller.reset();
    } else {
      caller.close();
    }
  }
}
