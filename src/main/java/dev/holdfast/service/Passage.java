package dev.holdfast.service;

import dev.holdfast.fill.Answered;
import dev.holdfast.fill.Ask;
import dev.holdfast.fill.Attachment;
import dev.holdfast.fill.BodyAborted;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Forwarded;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.Freshness;
import dev.holdfast.policy.Reuse;
import dev.holdfast.policy.Storability;
import dev.holdfast.service.RequestObserver.Left;
import dev.holdfast.service.RequestObserver.Result;
import dev.holdfast.store.Body;
import dev.holdfast.store.Entry;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One request on its way through the cache. */
final class Passage {

  /** How often a request is collapsed in vain before it is fetched for this caller alone. */
  private static final int MAX_ROUNDS = 3;

  private final CacheService service;
  private final CallerRequest caller;
  private final Function<Answer, Mono<Void>> writer;
  private final CacheKey key;
  private final long beganNanos;
  private final WaitingCallers.Place place;
  private final AtomicBoolean gone = new AtomicBoolean();

  Passage(CacheService service, CallerRequest caller, Function<Answer, Mono<Void>> writer) {
    this.service = service;
    this.caller = caller;
    this.writer = writer;
    this.key = new CacheKey(originName(), request().target());
    this.beganNanos = nanos();
    this.place = service.waiting().place(originName());
  }

  /**
   * Looks up, decides, and carries the decision out; again where a collapse was in vain. Whoever is
   * not answered at once waits, in one place for all rounds.
   */
  Mono<Void> decide(int round) {
    Entry entry =
        round == 0
            ? service.store().find(key, request().fields())
            : service.store().peek(key, request().fields());
    Decision decision = decisionOn(entry);
    if (decision instanceof Decision.Serve serve && entry != null) {
      if (entry.body().tryRetain()) {
        return serve(entry, serve);
      }
      entry = null; // evicted in the meantime
      decision = decisionOn(null);
    }
    Decision.Forward forward = (Decision.Forward) decision;
    return round == 0 ? waiting(forward, entry) : forward(forward, entry, round);
  }

  /**
   * Forwards as one of the callers that wait; the place is given back at the answer, and here
   * however else the request ends.
   */
  private Mono<Void> waiting(Decision.Forward decision, @Nullable Entry entry) {
    return Mono.using(
        place::take,
        taken ->
            taken ? forward(decision, entry, 0) : write(Problems.tooManyWaiting(), Result.ERROR),
        taken -> place.giveBack());
  }

  private Mono<Void> forward(Decision.Forward decision, @Nullable Entry entry, int round) {
    Forwarded why = decision.why();
    if (decision instanceof Decision.Pass || round == MAX_ROUNDS) {
      return pass(why);
    }
    return decision instanceof Decision.Join join
        ? join(join, entry, round)
        : joinOrPass(why, round);
  }

  private Decision decisionOn(@Nullable Entry entry) {
    StoredResponse stored = responseIn(entry);
    return Reuse.decide(
        request(),
        stored,
        stored == null && service.store().hasVariants(key),
        service.fills().isKnownNotStorable(key),
        caller.origin().policy(),
        service.clock().instant());
  }

  private static @Nullable StoredResponse responseIn(@Nullable Entry entry) {
    return entry != null && entry.value() instanceof StoredResponse stored ? stored : null;
  }

  /** Answers from an entry whose body is retained for that. */
  private Mono<Void> serve(Entry entry, Decision.Serve serve) {
    StoredResponse stored = (StoredResponse) entry.value();
    Answer hit = Answer.Response.hit(stored, serve, bodyOf(entry));
    return Mono.using(entry::body, retained -> write(hit, Result.HIT), Body::release);
  }

  private Flux<ByteBuf> bodyOf(Entry entry) {
    return watched(isHead() ? Flux.empty() : bufferByBuffer(entry.body()));
  }

  /** Retains each buffer when it is given: an iterator may be a buffer ahead of who reads. */
  private static Flux<ByteBuf> bufferByBuffer(Body body) {
    return Flux.fromIterable(body.ownBuffers()).map(ByteBuf::retainedDuplicate);
  }

  private Mono<Void> join(Decision.Join decision, @Nullable Entry entry, int round) {
    boolean validate = decision.validate() && round == 0; // else that was in vain already
    Ask ask = ask(validate ? entry : null);
    Attachment attachment = service.fills().join(ask, this::isServedNow);
    return attachment == null ? decide(round + 1) : follow(attachment, decision.why(), round);
  }

  private boolean isServedNow() {
    Entry entry = service.store().peek(key, request().fields());
    return decisionOn(entry) instanceof Decision.Serve;
  }

  private Mono<Void> joinOrPass(Forwarded why, int round) {
    Attachment attachment = service.fills().joinRunning(ask(null));
    return attachment == null ? pass(why) : follow(attachment, why, round);
  }

  private Mono<Void> pass(Forwarded why) {
    return follow(service.fills().pass(ask(null)), why, MAX_ROUNDS);
  }

  /** Waits for the head, answers, and leaves the fill however that ends. */
  private Mono<Void> follow(Attachment attachment, Forwarded why, int round) {
    Mono<Boolean> again =
        Mono.using(
            () -> attachment,
            attached -> head(attached).flatMap(head -> answer(head, attached, why)),
            Attachment::leave);
    return again.flatMap(decideAgain -> decide(round + 1));
  }

  /**
   * The head, or empty once the caller's patience is over; a patience that only {@code GET} has.
   */
  private Mono<Optional<Answered>> head(Attachment attachment) {
    Mono<Optional<Answered>> head = attachment.head().map(Optional::of);
    if (!request().method().equals("GET") && !isHead()) {
      return head;
    }
    Duration patience = caller.origin().settings().callerTimeout().minus(waited());
    Scheduler ownLoop = Schedulers.fromExecutor(caller.executor());
    Mono<Optional<Answered>> over = Mono.just(Optional.<Answered>empty()).publishOn(ownLoop);
    return head.timeout(patience, over, service.timer());
  }

  private Mono<Boolean> answer(Optional<Answered> head, Attachment attachment, Forwarded why) {
    boolean collapsed = attachment.isCollapsed();
    if (head.isEmpty()) {
      left(Left.TIMEOUT);
      attachment.leave(); // a place in line is given up now, not when the answer is written
      boolean continues = collapsed || Storability.couldStore(request());
      Answer problem =
          attachment.isQueued()
              ? Problems.notLetIn(why, collapsed)
              : Problems.callerTimeout(why, collapsed, continues);
      return write(problem, Result.ERROR).then(Mono.empty());
    }
    Answered answered = head.get();
    if (answered instanceof Answered.DecideAgain) {
      return Mono.just(true);
    }
    if (answered instanceof Answered.Failed failed) {
      Answer problem = Problems.of(failed.failure(), why, collapsed);
      return write(problem, Result.ERROR).then(Mono.empty());
    }
    if (answered instanceof Answered.Revalidated confirmed) {
      boolean inTime = confirmed.entry().body().tryRetain();
      return inTime
          ? confirmed(confirmed.entry(), why, collapsed).then(Mono.empty())
          : Mono.just(true);
    }
    return view((Answered.View) answered, attachment, why).then(Mono.empty());
  }

  /** Answers from a validated entry, fresh or not, whose body is retained for that. */
  private Mono<Void> confirmed(Entry entry, Forwarded why, boolean collapsed) {
    StoredResponse stored = (StoredResponse) entry.value();
    Duration age = Freshness.currentAge(stored, service.clock().instant());
    Answer answer = Answer.Response.confirmed(stored, age, why, collapsed, bodyOf(entry));
    Result result = collapsed ? Result.COLLAPSED : Result.REVALIDATED;
    return Mono.using(entry::body, retained -> write(answer, result), Body::release);
  }

  private Mono<Void> view(Answered.View view, Attachment attachment, Forwarded why) {
    boolean collapsed = attachment.isCollapsed();
    if (isHead()) {
      attachment.leave(); // it has all that it wants, and must not hold the body's bytes
    }
    Flux<ByteBuf> body = isHead() ? Flux.empty() : view.body();
    Result stored = view.notStored() == null ? Result.MISS : Result.PASSED;
    return write(
        Answer.Response.fetched(view, why, collapsed, watched(body)),
        collapsed ? Result.COLLAPSED : stored);
  }

  private Mono<Void> write(Answer answer, Result result) {
    place.giveBack();
    service.observer().answered(originName(), result, waited());
    return writer.apply(answer).doOnError(this::failedToWrite);
  }

  /**
   * A caller that leaves in mid-body has its body cancelled; for reactor-netty that is no error. Of
   * one that is too slow the writer may hear first that its connection is closed.
   */
  private Flux<ByteBuf> watched(Flux<ByteBuf> body) {
    return body.doOnCancel(() -> left(Left.DISCONNECT))
        .doOnError(BodyAborted.class, this::abortedBody);
  }

  private void abortedBody(BodyAborted aborted) {
    if (aborted.isTooSlow()) {
      left(Left.TOO_SLOW);
    }
  }

  private void failedToWrite(Throwable failure) {
    if (!(failure instanceof BodyAborted)) {
      left(Left.DISCONNECT);
    }
  }

  /** The caller goes without its whole answer; only the first reason counts. */
  void left(Left reason) {
    if (gone.compareAndSet(false, true)) {
      service.observer().left(originName(), reason);
    }
  }

  private Ask ask(@Nullable Entry validated) {
    return new Ask(
        caller.origin().origin(),
        key,
        request(),
        validated,
        caller.body(),
        caller.origin().policy(),
        caller.origin().settings().maxStoredBodyBytes(),
        caller.executor());
  }

  private boolean isHead() {
    return request().method().equals("HEAD");
  }

  private RequestHead request() {
    return caller.request();
  }

  private String originName() {
    return caller.origin().settings().name();
  }

  private Duration waited() {
    return Duration.ofNanos(nanos() - beganNanos);
  }

  private long nanos() {
    return service.timer().now(TimeUnit.NANOSECONDS);
  }
}
