package dev.holdfast.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A response handed over: the head at once, and no piece before there is room for it. */
class DeliveryTest {

  private static final ResponseHead HEAD = new ResponseHead(200, "", Fields.EMPTY, "1.1");

  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final List<String> log = new ArrayList<>();
  private final List<Sinks.Empty<Void>> rooms = new ArrayList<>();

  private final Receiver receiver =
      new TestReceiver() {
        {
          mayBeStored = false;
        }

        @Override
        public void head(ResponseHead head) {
          log.add("head");
        }

        @Override
        public Mono<Void> piece(ByteBuf piece) {
          log.add("piece " + rooms.size());
          Sinks.Empty<Void> room = Sinks.empty();
          rooms.add(room);
          return room.asMono();
        }
      };

  @AfterEach
  void end() {
    time.dispose();
  }

  @Test
  void pieces_areAskedForOneByOne_whenThereIsRoom() {
    Flux<ByteBuf> pieces =
        Flux.range(0, 3)
            .<ByteBuf>map(number -> Unpooled.wrappedBuffer(new byte[2]))
            .doOnRequest(wanted -> log.add("asked for " + wanted));
    FetchTimeout timeout = new FetchTimeout(Duration.ofSeconds(30), time);

    Delivery.of(HEAD, pieces, receiver, timeout)
        .subscribe(arrived -> log.add("whole, " + arrived.bodyBytes() + " bytes"));
    assertThat(log).containsExactly("head", "asked for 1", "piece 0");

    log.clear();
    rooms.get(0).tryEmitEmpty().orThrow();
    assertThat(log).containsExactly("asked for 1", "piece 1");

    log.clear();
    rooms.get(1).tryEmitEmpty().orThrow();
    rooms.get(2).tryEmitEmpty().orThrow();
    assertThat(log).containsExactly("asked for 1", "piece 2", "whole, 6 bytes");
  }
}
