package dev.holdfast.origin;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The probe of one origin.
 *
 * @param client without a pool: a probe tells of connecting too, never finds the fetches'
 *     connections all taken, and an origin that answers {@code HEAD} wrongly spoils none of them
 */
record HeadProbe(OriginSettings settings, Exchange client, Scheduler timer) {

  Mono<Integer> status() {
    Duration limit = settings.callerTimeout();
    return client
        .toLastByte(request(), null, new Unheeding())
        .map(arrived -> arrived.head().status())
        .timeout(Mono.delay(limit, timer), Mono.error(() -> new OriginFailure.TimedOut(limit)))
        .onErrorMap(OriginFailure::of);
  }

  private RequestHead request() {
    String target = settings.baseUrl().getRawPath().isEmpty() ? "/" : "";
    return new RequestHead("HEAD", target, Fields.EMPTY, "1.1");
  }

  /** Looks at nothing of the response. */
  private static final class Unheeding implements Receiver {

    @Override
    public boolean begun() {
      return true;
    }

    @Override
    public void head(ResponseHead head) {}

    @Override
    public Mono<Void> piece(ByteBuf piece) {
      return Mono.empty();
    }

    @Override
    public boolean isUnderTotalDeadline() {
      return true;
    }
  }
}
