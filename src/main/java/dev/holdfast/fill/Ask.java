package dev.holdfast.fill;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.origin.Origin;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.policy.Storability;
import dev.holdfast.policy.Terms;
import dev.holdfast.policy.Validation;
import dev.holdfast.policy.VariantTags;
import dev.holdfast.store.Entry;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What one caller wants fetched.
 *
 * @param validated the stored response that the fetch asks about, or, where that is a part, for the
 *     rest of; or {@code null}
 * @param body the request's body, or {@code null}; only whoever starts a fetch has it subscribed
 * @param terms on which the response is stored
 * @param executor the caller's own event loop, on which everything is signalled to it
 * @param variants stored responses that the request does not select, which the fetch asks about too
 * @param trace where the caller's request stands in a trace
 */
public record Ask(
    Origin origin,
    CacheKey key,
    RequestHead request,
    @Nullable Entry validated,
    @Nullable Flux<ByteBuf> body,
    Terms terms,
    Executor executor,
    List<Entry> variants,
    CallerTrace trace) {

  /** One that asks about no other variants, and is not traced. */
  public Ask(
      Origin origin,
      CacheKey key,
      RequestHead request,
      @Nullable Entry validated,
      @Nullable Flux<ByteBuf> body,
      Terms terms,
      Executor executor) {
    this(origin, key, request, validated, body, terms, executor, List.of(), CallerTrace.NONE);
  }

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

  /** The same that asks about those of the stored responses, too, which the origin may choose. */
  public Ask offering(List<Entry> stored) {
    boolean alone =
        !couldStore() || !VariantTags.mayJoin(validated == null ? null : responseOf(validated));
    return alone
        ? this
        : new Ask(
            origin,
            key,
            request,
            validated,
            body,
            terms,
            executor,
            stored.stream().filter(this::isOffered).toList(),
            trace);
  }

  /** The same as part of a trace. */
  public Ask in(CallerTrace itsTrace) {
    return new Ask(origin, key, request, validated, body, terms, executor, variants, itsTrace);
  }

  private boolean isOffered(Entry entry) {
    return entry != validated
        && entry.value() instanceof StoredResponse variant
        && VariantTags.isOffered(request, variant, policyFor(variant.head().status()));
  }

  /** The stored responses that the fetch asks about, the one that the request selects first. */
  List<Entry> asked() {
    List<Entry> asked = new ArrayList<>(variants);
    if (validated != null) {
      asked.add(0, validated);
    }
    return asked;
  }

  /** The request as it is sent: with conditions, if it asks about anything stored. */
  RequestHead sent() {
    StoredResponse selected = validated == null ? null : responseOf(validated);
    return Validation.conditional(
        request, selected, variants.stream().map(Ask::responseOf).toList());
  }

  /**
   * The stored response that a 304 selects (RFC 9111 §4.3.4): by its tag, or as the only one that
   * was asked about.
   *
   * @return {@code null} if it is none of them
   */
  @Nullable Entry selectedBy(ResponseHead notModified) {
    List<Entry> asked = asked();
    boolean selects = asked.size() == 1 || notModified.fields().contains("ETag");
    return asked.stream()
        .filter(entry -> selects && Validation.isAbout(responseOf(entry), notModified))
        .findFirst()
        .orElse(null);
  }

  /** What holds for a response of that status. */
  CachePolicy policyFor(int status) {
    return terms.policyFor(status);
  }

  /** What is stored in an entry that is asked about. */
  static StoredResponse responseOf(Entry entry) {
    return (StoredResponse) entry.value();
  }
}
