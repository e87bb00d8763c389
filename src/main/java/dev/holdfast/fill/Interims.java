package dev.holdfast.fill;

import dev.holdfast.http.ResponseHead;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * The interim responses of one fetch (RFC 9110 §15.2), for whoever started it.
 *
 * <p>They are kept until they are taken, and are no part of the response: nobody else gets them.
 */
final class Interims {

  /** What comes beyond it is dropped, so that an origin cannot fill memory with them. */
  private static final int MAX = 8;

  private final Sinks.Many<ResponseHead> sink =
      Sinks.many().unicast().onBackpressureBuffer(Queues.<ResponseHead>get(MAX).get());

  /** One has come; it is dropped where nobody takes them any more. */
  void came(ResponseHead response) {
    sink.tryEmitNext(response);
  }

  /** Hot, for one subscriber. Signals on the thread that brings them; does not fail. */
  Flux<ResponseHead> inOrder() {
    return sink.asFlux().take(MAX);
  }
}
