package dev.holdfast.fill;

import dev.holdfast.http.NotStorable;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.policy.Preconditions;
import dev.holdfast.policy.Sharing;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One caller's hold on a fill; whoever has it calls {@link #leave} in the end, whatever happens.
 */
public final class Attachment {

  private final Fill fill;
  private final Ask caller;
  private final BodyReader reader;
  private final boolean collapsed;
  private final AtomicBoolean left = new AtomicBoolean();

  Attachment(Fill fill, Ask caller, BodyReader reader, boolean collapsed) {
    this.fill = fill;
    this.caller = caller;
    this.reader = reader;
    this.collapsed = collapsed;
  }

  /** Whether the fill was under way already. */
  public boolean isCollapsed() {
    return collapsed;
  }

  /** Whether the fetch has not begun yet: it waits to be let in to the origin. */
  public boolean isQueued() {
    return fill.isQueued();
  }

  /** Whether the fetch goes on, or went on to its end, whoever has left. */
  public boolean goesOn() {
    return fill.goesOn();
  }

  /**
   * What the fill has for this caller, as soon as the head has come.
   *
   * <p>Hot; signals on the caller's executor; does not fail. Cancelling removes a listener and
   * nothing else.
   */
  public Mono<Answered> head() {
    return fill.heads().publishOn(Schedulers.fromExecutor(caller.executor())).map(this::answered);
  }

  /**
   * The interim responses that come before the head, for who started the fetch; none for who joined
   * it: they may have come already, and are not the origin's answer to its request.
   *
   * <p>Hot, for one subscriber, who subscribes before it does to the head; signals on the caller's
   * executor; does not fail. Cancelling removes a listener and nothing else.
   */
  public Flux<ResponseHead> interims() {
    if (collapsed) {
      return Flux.empty();
    }
    Scheduler own = Schedulers.fromExecutor(caller.executor());
    // one by one: publishing the whole on the loop has that turn for nothing where none comes
    return fill.interims().flatMap(response -> Mono.just(response).publishOn(own));
  }

  /** Whether the fetch asks for the whole response: for no range, and on no caller's condition. */
  public boolean isOfTheWhole() {
    return Preconditions.asksForTheWhole(fill.ask().request());
  }

  private Answered answered(Fill.HeadEvent event) {
    if (event instanceof Fill.HeadEvent.WillNot willNot) {
      return new Answered.Failed(willNot.failure());
    }
    if (event instanceof Fill.HeadEvent.Confirmed confirmed) {
      StoredResponse renewed = Ask.responseOf(confirmed.entry());
      return mayHave(null, renewed)
          ? new Answered.Revalidated(confirmed.entry())
          : new Answered.DecideAgain();
    }
    if (event instanceof Fill.HeadEvent.AskAgain) {
      return new Answered.DecideAgain();
    }
    Fill.HeadEvent.Came came = (Fill.HeadEvent.Came) event;
    if (!mayHave(came.notStored(), came.shared())) {
      return new Answered.DecideAgain();
    }
    StoredResponse own = collapsed ? came.shared() : came.response();
    int originStatus = fill.isCompletion() ? 206 : own.head().status();
    return new Answered.View(own, originStatus, came.notStored(), reader, fill::trailers);
  }

  private boolean mayHave(@Nullable NotStorable refusal, StoredResponse response) {
    CachePolicy policy = caller.policyFor(response.head().status());
    return !collapsed || Sharing.allows(refusal, response, caller.request(), policy, fill.now());
  }

  /**
   * Leaves the fill: neither it nor another caller is touched. Every call but the first is void.
   */
  public void leave() {
    if (left.compareAndSet(false, true)) {
      fill.leave(reader);
    }
  }
}
