package dev.holdfast.fill;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.RequestHead;
import dev.holdfast.origin.Origin;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.policy.Storability;
import dev.holdfast.policy.Terms;
import dev.holdfast.store.Entry;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What one caller wants fetched.
 *
 * @param validated the stored response that the fetch asks about, or {@code null}
 * @param body the request's body, or {@code null}; only whoever starts a fetch has it subscribed
 * @param terms on which the response is stored
 * @param executor the caller's own event loop, on which everything is signalled to it
 */
public record Ask(
    Origin origin,
    CacheKey key,
    RequestHead request,
    @Nullable Entry validated,
    @Nullable Flux<ByteBuf> body,
    Terms terms,
    Executor executor) {

  /** The same terms for every response, whatever its status. */
  public Ask(
      Origin origin,
      CacheKey key,
      RequestHead request,
      @Nullable Entry validated,
      @Nullable Flux<ByteBuf> body,
      CachePolicy policy,
      long maxStoredBodyBytes,
      Executor executor) {
    this(origin, key, request, validated, body, Terms.same(policy, maxStoredBodyBytes), executor);
  }

  /** Whether a response to it could be stored at all. */
  public boolean couldStore() {
    return !terms.bypass() && Storability.couldStore(request);
  }

  /** What holds for a response of that status. */
  CachePolicy policyFor(int status) {
    return terms.policyFor(status);
  }
}
