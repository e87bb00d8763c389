package dev.holdfast.architecture.broken.policy;

import io.netty.buffer.ByteBuf;
import java.time.Clock;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Knows how things are carried out, where only values and rules are at home. */
public final class KnowsMoreThanHttp {

  int netty(ByteBuf buffer) {
    return buffer.capacity();
  }

  int spring(HttpHeaders headers) {
    return headers.size();
  }

  Mono<String> reactor() {
    return Mono.empty();
  }

  Class<?> reactiveStreams() {
    return Publisher.class;
  }

  long clock(Clock clock) {
    return clock.millis();
  }
}
