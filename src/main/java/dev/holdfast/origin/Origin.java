package dev.holdfast.origin;

import dev.holdfast.http.RequestHead;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A service that is fetched from, with everything that stands between it and whoever fetches. */
public interface Origin {

  /** The origin's name in the configuration. */
  String name();

  /** Where it is: scheme, host, port if written, and base path without a trailing slash. */
  URI baseUrl();

  /**
   * Fetches.
   *
   * <p>Cold: each subscription is a fetch. Emits once the response has arrived whole; is empty if
   * the receiver did not want it any more when it was let in; fails with an {@link OriginFailure}
   * and nothing else. Cancelling closes the connection and counts as nothing for the breaker.
   * Signals on the origin's event loop, or on the subscriber's thread where the origin is not
   * asked.
   *
   * @param body the request's body, or {@code null} for none
   * @param receiver is given the head and the pieces as they come
   */
  Mono<Arrived> fetch(RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver);
}
