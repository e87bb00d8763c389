package dev.holdfast.service;

import dev.holdfast.fill.Answered;
import dev.holdfast.fill.Ask;
import dev.holdfast.fill.Attachment;
import dev.holdfast.fill.BodyAborted;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.CacheStatus;
import dev.holdfast.http.Forwarded;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.Decision;
import dev.holdfast.policy.Freshness;
import dev.holdfast.policy.Preconditions;
import dev.holdfast.policy.Reuse;
import dev.holdfast.policy.Sharing;
import dev.holdfast.policy.Staleness;
import dev.holdfast.policy.Validation;
import dev.holdfast.service.RequestObserver.Left;
import dev.holdfast.service.RequestObserver.Result;
import dev.holdfast.store.Body;
import dev.holdfast.store.Entry;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One request on its way through the cache, which is down the ladder of {@link Reuse}. */
final class Passage {

  /** How often a request is collapsed in vain before it is fetched for this caller alone. */
  private static final int MAX_ROUNDS = 3;

  private final CacheService service;
  private final CallerRequest caller;
  private final Answering answering;
  private final CacheKey key;
  private final long beganNanos;
  private final WaitingCallers.Place place;
  private final AtomicBoolean gone = new AtomicBoolean();

  Passage(CacheService service, CallerRequest caller, Answering answering) {
    this.service = service;
    this.caller = caller;
    this.answering = answering;
    this.key = caller.origin().keyOf(request());
    this.beganNanos = nanos();
    this.place = service.waiting().place(originName());
  }

  /**
   * Looks up, decides, and carries the decision out; again where a collapse was in vain. Whoever is
   * not answered at once waits, in one place for all rounds.
   */
  Mono<Void> decide(int round) {
    Entry entry = caller.origin().bypass() ? null : found(round);
    Decision decision = decisionOn(entry);
    if (decision instanceof Decision.Serve serve && entry != null) {
      if (entry.body().tryRetain()) {
        return serve(entry, serve);
      }
      entry = null; // evicted in the meantime
      decision = decisionOn(null);
    }
    if (decision instanceof Decision.Refuse) {
      return write(Problems.onlyIfCached(), Result.ERROR);
    }
    Decision.Forward forward = (Decision.Forward) decision;
    return round == 0 ? waiting(forward, entry) : forward(forward, entry, round);
  }

  private @Nullable Entry found(int round) {
    return round == 0
        ? service.store().find(key, request().fields())
        : service.store().peek(key, request().fields());
  }

  /**
   * Forwards as one of the callers that wait; the place is given back at the answer, and here
   * however else the request ends.
   */
  private Mono<Void> waiting(Decision.Forward decision, @Nullable Entry entry) {
    return Mono.using(
        place::take,
        taken -> taken ? forward(decision, entry, 0) : problem(Problems.tooManyWaiting()),
        taken -> place.giveBack());
  }

  private Mono<Void> forward(Decision.Forward decision, @Nullable Entry entry, int round) {
    if (decision instanceof Decision.Pass pass) {
      return pass(pass.why(), asking(pass, entry, round), round);
    }
    if (round >= MAX_ROUNDS) {
      return pass(decision.why(), ask(false, null), round);
    }
    return decision instanceof Decision.Join join
        ? join(join, entry, round)
        : joinOrPass((Decision.JoinOrPass) decision, entry, round);
  }

  private Ask asking(Decision.Pass pass, @Nullable Entry entry, int round) {
    return pass.asSent() ? ask(true, null) : asking(pass.validate(), entry, round);
  }

  /** What asks about all that is stored, but for a second try: that was in vain already. */
  private Ask asking(boolean validate, @Nullable Entry entry, int round) {
    return round == 0
        ? ask(false, validate && mayBeStoredWhole(entry) ? entry : null)
            .offering(service.store().variants(key))
        : ask(false, null);
  }

  /** Whether what is stored is no part of a whole that is too long to be stored. */
  private boolean mayBeStoredWhole(@Nullable Entry entry) {
    StoredResponse stored = responseIn(entry);
    long longest = caller.origin().terms().maxStoredBodyBytes(200);
    return stored == null
        || stored.head().part().filter(part -> part.completeLength() > longest).isEmpty();
  }

  private Decision decisionOn(@Nullable Entry entry) {
    if (caller.origin().bypass()) {
      return Reuse.bypass(request());
    }
    StoredResponse stored = responseIn(entry);
    return Reuse.decide(
        request(),
        stored,
        stored == null && service.store().hasVariants(key),
        isKnownNotStorable(),
        caller.origin().policyFor(stored == null ? 200 : stored.head().status()),
        service.time().now());
  }

  private boolean isKnownNotStorable() {
    NotStorable lately = service.fills().latelyNotStorable(key);
    return lately != null && Sharing.concerns(lately, request(), caller.origin().policyFor(200));
  }

  private @Nullable StoredResponse responseIn(@Nullable Entry entry) {
    return service.store().responseIn(entry);
  }

  /** Answers from an entry whose body is retained for that. */
  private Mono<Void> serve(Entry entry, Decision.Serve serve) {
    StoredResponse stored = (StoredResponse) entry.value();
    Answer hit = own(Answer.Response.hit(stored, serve, bodyOf(entry)), stored, entry.body());
    return Mono.using(
        entry::body,
        retained -> {
          if (serve.refresh()) {
            refresh(entry, stored);
          }
          return write(hit, serve.ttl().isNegative() ? Result.STALE : Result.HIT);
        },
        Body::release);
  }

  private void refresh(Entry stale, StoredResponse stored) {
    Ask anew = asking(Validation.isPossible(stored), stale, 0);
    service.fills().refresh(anew, stale.selecting(), this::isServedFresh);
  }

  private Answer.Response own(Answer.Response answer, StoredResponse stored, Body body) {
    return own(answer, stored, Parts.ofStored(stored.head(), body.lengthBytes()));
  }

  /**
   * The answer that the request's conditions and ranges make of a response, in this order (RFC 9110
   * §13.2.2, RFC 9111 §4.3.2).
   */
  private Answer.Response own(
      Answer.Response answer, StoredResponse response, @Nullable Parts parts) {
    if (Preconditions.notModified(request(), response)) {
      return answer.notModified();
    }
    return parts == null ? answer : parts.of(answer, request());
  }

  private Flux<ByteBuf> bodyOf(Entry entry) {
    return isHead() ? Flux.empty() : bufferByBuffer(entry.body());
  }

  /** Retains each buffer when it is given: an iterator may be a buffer ahead of who reads. */
  private static Flux<ByteBuf> bufferByBuffer(Body body) {
    return Flux.fromIterable(body.ownBuffers()).map(ByteBuf::retainedDuplicate);
  }

  private Mono<Void> join(Decision.Join decision, @Nullable Entry entry, int round) {
    Ask ask = asking(decision.validate(), entry, round);
    Attachment attachment = service.fills().join(ask, this::isServedNow);
    return attachment == null ? decide(round + 1) : follow(attachment, decision.why(), round);
  }

  private boolean isServedNow() {
    return decisionNow() instanceof Decision.Serve;
  }

  private boolean isServedFresh() {
    return decisionNow() instanceof Decision.Serve serve && !serve.whileRevalidating();
  }

  private Decision decisionNow() {
    return decisionOn(service.store().peek(key, request().fields()));
  }

  private Mono<Void> joinOrPass(Decision.JoinOrPass decision, @Nullable Entry entry, int round) {
    Ask ask = asking(decision.otherwise(), entry, round);
    Attachment attachment = service.fills().joinRunning(ask);
    return attachment == null
        ? pass(decision.why(), ask, round)
        : follow(attachment, decision.why(), round);
  }

  private Mono<Void> pass(Forwarded why, Ask ask, int round) {
    return follow(service.fills().pass(ask), why, round);
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
   * The head, or empty once the caller's patience is over; a patience that only {@code GET} and
   * {@code HEAD} have. What is interim is written until then, and never after.
   */
  private Mono<Optional<Answered>> head(Attachment attachment) {
    Mono<Optional<Answered>> interims =
        attachment.interims().doOnNext(answering::writeInterim).then(Mono.never());
    Mono<Optional<Answered>> head =
        Mono.firstWithSignal(interims, attachment.head().map(Optional::of));
    if (!request().isGetOrHead()) {
      return head;
    }
    Duration patience = caller.patience().minus(waited());
    Scheduler ownLoop = Schedulers.fromExecutor(caller.executor());
    Mono<Optional<Answered>> over = Mono.just(Optional.<Answered>empty()).publishOn(ownLoop);
    return head.timeout(patience, over, service.timer());
  }

  private Mono<Boolean> answer(Optional<Answered> head, Attachment attachment, Forwarded why) {
    boolean collapsed = attachment.isCollapsed();
    if (head.isEmpty()) {
      return outOfPatience(attachment, why).then(Mono.empty());
    }
    Answered answered = head.get();
    if (answered instanceof Answered.DecideAgain) {
      return Mono.just(true);
    }
    if (answered instanceof Answered.Failed failed) {
      return problem(Problems.of(failed.failure(), why, collapsed)).then(Mono.empty());
    }
    if (answered instanceof Answered.Revalidated confirmed) {
      boolean inTime = confirmed.entry().body().tryRetain();
      return inTime
          ? confirmed(confirmed.entry(), why, collapsed).then(Mono.empty())
          : Mono.just(true);
    }
    return view((Answered.View) answered, attachment, why).then(Mono.empty());
  }

  private Mono<Void> outOfPatience(Attachment attachment, Forwarded why) {
    boolean collapsed = attachment.isCollapsed();
    boolean queued = attachment.isQueued();
    attachment.leave(); // a place in line is given up now, not when the answer is written
    boolean continues = attachment.goesOn();
    Answer.Problem problem =
        queued
            ? Problems.notLetIn(why, collapsed)
            : Problems.callerTimeout(why, collapsed, continues);
    Mono<Void> stale = staleInPlaceOf(problem);
    if (stale != null) {
      return stale;
    }
    left(Left.TIMEOUT);
    Answer answer =
        continues && caller.prefer().respondAsync() ? Answer.Accepted.inPlaceOf(problem) : problem;
    return write(answer, Result.ERROR);
  }

  /** Answers with a stale response where one may stand in for the error, else with the error. */
  private Mono<Void> problem(Answer.Problem problem) {
    Mono<Void> stale = staleInPlaceOf(problem);
    return stale == null ? write(problem, Result.ERROR) : stale;
  }

  private @Nullable Mono<Void> staleInPlaceOf(Answer.Problem problem) {
    CacheStatus fetch = problem.cacheStatus();
    return staleInPlaceOf(fetch.withDetail(Problems.degradedBy(problem)));
  }

  /**
   * Answers with what is stored, if it may be used as stale as it is by now (RFC 5861 §4).
   *
   * @param fetch what the fetch has come to
   */
  private @Nullable Mono<Void> staleInPlaceOf(CacheStatus fetch) {
    Entry entry = service.store().peek(key, request().fields());
    StoredResponse stored = responseIn(entry);
    if (entry == null || stored == null || caller.origin().bypass()) {
      return null;
    }
    Decision.Serve serve =
        Reuse.onError(
            request(),
            stored,
            caller.origin().policyFor(stored.head().status()),
            service.time().now());
    if (serve == null || !entry.body().tryRetain()) {
      return null;
    }
    Answer answer =
        own(Answer.Response.degraded(stored, serve, fetch, bodyOf(entry)), stored, entry.body());
    return Mono.using(entry::body, retained -> write(answer, Result.STALE), Body::release);
  }

  /** Answers from a validated entry, fresh or not, whose body is retained for that. */
  private Mono<Void> confirmed(Entry entry, Forwarded why, boolean collapsed) {
    StoredResponse stored = (StoredResponse) entry.value();
    Duration age = Freshness.currentAge(stored, service.time().now());
    Answer answer =
        own(
            Answer.Response.confirmed(stored, age, why, collapsed, bodyOf(entry)),
            stored,
            entry.body());
    Result result = collapsed ? Result.COLLAPSED : Result.REVALIDATED;
    return Mono.using(entry::body, retained -> write(answer, result), Body::release);
  }

  private Mono<Void> view(Answered.View view, Attachment attachment, Forwarded why) {
    boolean collapsed = attachment.isCollapsed();
    Duration age = collapsed ? ageOfALateJoiner(view.response()) : null;
    Answer.Response whole = Answer.Response.fetched(view, age, why, collapsed, view.body());
    if (Staleness.isError(view.head().status())) {
      CacheStatus fetch = whole.cacheStatus().withDetail(Problems.STALE_IF_ERROR);
      Mono<Void> stale = staleInPlaceOf(fetch);
      if (stale != null) {
        attachment.leave(); // it has what it wants, and must not hold the error's bytes
        return stale;
      }
    }
    Answer.Response answer =
        attachment.isOfTheWhole() ? own(whole, view.response(), partsOf(view.head())) : whole;
    boolean hasNoContent = answer.head().status() == 304 || answer.head().status() == 416;
    if (isHead() || (hasNoContent && answer.head().isWhole())) {
      attachment.leave(); // likewise
      answer = answer.withoutBody();
    }
    Result stored = view.notStored() == null ? Result.MISS : Result.PASSED;
    return write(answer, collapsed ? Result.COLLAPSED : stored);
  }

  /** The age of what came a second ago or more, and so not for this request (RFC 9111 §4, §5.1). */
  private @Nullable Duration ageOfALateJoiner(StoredResponse response) {
    Instant now = service.time().now();
    boolean late = Duration.between(response.responseTime(), now).toSeconds() > 0;
    return late ? Freshness.currentAge(response, now) : null;
  }

  /** Nothing is known of where the ranges of a whole of unknown length are. */
  private static @Nullable Parts partsOf(ResponseHead arriving) {
    OptionalLong completeLength = arriving.contentLength();
    return completeLength.isPresent() ? Parts.ofArriving(completeLength.getAsLong()) : null;
  }

  private Mono<Void> write(Answer answer, Result result) {
    place.giveBack();
    Duration took = waited();
    caller.trace().telling(() -> service.observer().answered(originName(), result, took));
    Answer watched =
        answer instanceof Answer.Response response ? response.watched(this::watched) : answer;
    return answering.write(watched).doOnError(this::failedToWrite);
  }

  /**
   * A caller that leaves in mid-body has its body cancelled; for reactor-netty that is no error. Of
   * one that is too slow the writer may hear first that its connection is closed.
   */
  private Flux<ByteBuf> watched(Flux<ByteBuf> body) {
    return body.doOnCancel(this::gone).doOnError(BodyAborted.class, this::abortedBody);
  }

  private void abortedBody(BodyAborted aborted) {
    if (aborted.isTooSlow()) {
      left(Left.TOO_SLOW);
    }
  }

  private void failedToWrite(Throwable failure) {
    if (!(failure instanceof BodyAborted)) {
      gone();
    }
  }

  /** The caller's connection is closed. */
  void gone() {
    left(answering.wasTooSlow() ? Left.TOO_SLOW : Left.DISCONNECT);
  }

  /** The caller goes without its whole answer; only the first reason counts. */
  private void left(Left reason) {
    if (gone.compareAndSet(false, true)) {
      caller.trace().telling(() -> service.observer().left(originName(), reason));
    }
  }

  /**
   * What is asked of a fill.
   *
   * @param asSent whether the caller's own conditions go to the origin; else the whole is fetched,
   *     to be stored
   */
  private Ask ask(boolean asSent, @Nullable Entry validated) {
    Ask ask =
        new Ask(
            caller.origin().origin(),
            key,
            asSent ? request() : Preconditions.forTheWhole(request()),
            validated,
            caller.body(),
            caller.origin().terms(),
            caller.executor());
    return ask.in(caller.trace());
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
    return service.time().nanos();
  }
}
