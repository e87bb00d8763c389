package dev.holdfast.fill;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.RequestHead;
import dev.holdfast.origin.Origin;
import dev.holdfast.policy.CachePolicy;
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
 * @param maxStoredBodyBytes a longer body is not stored
 * @param executor the caller's own event loop, on which everything is signalled to it
 */
public record Ask(
    Origin origin,
    CacheKey key,
    RequestHead request,
    @Nullable Entry validated,
    @Nullable Flux<ByteBuf> body,
    CachePolicy policy,
    long maxStoredBodyBytes,
    Executor executor) {}
