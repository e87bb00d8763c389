package dev.holdfast.service;

import dev.holdfast.fill.Answered;
import dev.holdfast.http.CacheStatus;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Forwarded;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.http.Tags;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.Preconditions;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What a caller is answered. */
public sealed interface Answer {

  /** How the cache handled the request. */
  CacheStatus cacheStatus();

  /**
   * A response of the origin.
   *
   * @param age its current age, if it comes from the cache, or has been coming for a while
   * @param body for one subscriber, while the answer is being written; each buffer is the
   *     subscriber's to release; fails where the rest will not come
   * @param trailers the fields behind the body that the head announces, once that is complete
   */
  record Response(
      ResponseHead head,
      @Nullable Duration age,
      CacheStatus cacheStatus,
      Flux<ByteBuf> body,
      Supplier<Fields> trailers)
      implements Answer {

    /** One without trailer fields. */
    public Response(
        ResponseHead head, @Nullable Duration age, CacheStatus cacheStatus, Flux<ByteBuf> body) {
      this(head, age, cacheStatus, body, () -> Fields.EMPTY);
    }

    /** A stored response, fresh or as stale as it may be. */
    static Response hit(StoredResponse stored, Decision.Serve serve, Flux<ByteBuf> body) {
      CacheStatus status = CacheStatus.hit(serve.ttl().toSeconds());
      return new Response(
          dated(stored),
          serve.age(),
          serve.whileRevalidating() ? status.withDetail("stale-while-revalidate") : status,
          body);
    }

    /** A stored response in place of what the fetch has come to. */
    static Response degraded(
        StoredResponse stored, Decision.Serve serve, CacheStatus fetch, Flux<ByteBuf> body) {
      CacheStatus status = fetch.withTtl(serve.ttl().toSeconds());
      return new Response(dated(stored), serve.age(), status, body);
    }

    /** A stored response that its origin has just confirmed. */
    static Response confirmed(
        StoredResponse stored, Duration age, Forwarded why, boolean collapsed, Flux<ByteBuf> body) {
      CacheStatus status = new CacheStatus(false, why, null, 304, false, collapsed, null);
      return new Response(dated(stored), age, status, body);
    }

    /**
     * What a fill has for the caller; {@code stored} says what becomes of the fill's response.
     *
     * @param age its current age, if it has one here
     */
    static Response fetched(
        Answered.View view,
        @Nullable Duration age,
        Forwarded why,
        boolean collapsed,
        Flux<ByteBuf> body) {
      NotStorable reason = view.notStored();
      String detail = reason == null ? null : reason.token();
      CacheStatus cacheStatus =
          new CacheStatus(false, why, null, view.originStatus(), reason == null, collapsed, detail);
      return new Response(dated(view.response()), age, cacheStatus, body, view.trailers());
    }

    /** Its age is reckoned from when it was received, and not from whole seconds. */
    private static ResponseHead dated(StoredResponse response) {
      return response.head().dated(response.fetched().calendar());
    }

    /** The same as the answer to a condition that does not hold (RFC 9110 §15.4.5). */
    Response notModified() {
      return with(Preconditions.notModifiedHead(head), Flux.empty());
    }

    /** Another answer that the same response gives. */
    Response with(ResponseHead other, Flux<ByteBuf> itsBody) {
      return new Response(other, age, cacheStatus, itsBody);
    }

    /** The same response, its body watched on the way. */
    Response watched(UnaryOperator<Flux<ByteBuf>> watch) {
      return new Response(head, age, cacheStatus, watch.apply(body), trailers);
    }

    /** The same without the tags that its origin gave it. */
    public Response withoutTags() {
      return new Response(Tags.removedFrom(head), age, cacheStatus, body, trailers);
    }

    /** The same for who asked for the head alone. */
    Response withoutBody() {
      return with(head, Flux.empty());
    }
  }

  /**
   * An error of Holdfast's own.
   *
   * @param detail what is wrong in this case, for a human
   * @param fetchContinues whether the fetch goes on without the caller
   * @param retryAfter when it may be worth another try
   */
  record Problem(
      ProblemType type,
      String detail,
      boolean fetchContinues,
      @Nullable Duration retryAfter,
      CacheStatus cacheStatus)
      implements Answer {}

  /**
   * That the answer is being fetched, and is not there in time (RFC 9110 §15.3.3): for a caller who
   * would rather know that than get a {@code caller-timeout} (RFC 7240 §4.1).
   *
   * @param retryAfter when it may be worth another try
   */
  record Accepted(Duration retryAfter, CacheStatus cacheStatus) implements Answer {

    static Accepted inPlaceOf(Problem callerTimeout) {
      return new Accepted(
          Objects.requireNonNull(callerTimeout.retryAfter()), callerTimeout.cacheStatus());
    }
  }
}
