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
import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.Decision;
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
  private final AtomicBoolean gone = new AtomicBoolean();

  Passage(CacheService service, CallerRequest caller, Function<Answer, Mono<Void>> writer) {
    this.service = service;
    this.caller = caller;
    this.writer = writer;
    this.key = new CacheKey(originName(), request().target());
    this.beganNanos = nanos();
  }

  /** Looks up, decides, and carries the decision out; again where a collapse was in vain. */
  Mono<Void> decide(int round) {
    Entry entry =
        round == 0
            ? service.store().find(key, request().fields())
            : service.store().peek(key, request().fields());
    Decision decision = decisionOn(entry);
    if (decision instanceof Decision.Serve serve && entry != null) {
      boolean inTime = entry.body().tryRetain();
      return inTime ? serve(entry, serve) : fetch(Forwarded.URI_MISS, round);
    }
    return decision instanceof Decision.Join join
        ? fetch(join.why(), round)
        : pass(((Decision.Pass) decision).why());
  }

  private Mono<Void> fetch(Forwarded why, int round) {
    return round < MAX_ROUNDS ? join(why, round) : pass(why);
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
    boolean bodiless = request().method().equals("HEAD");
    Flux<ByteBuf> body = bodiless ? Flux.empty() : Flux.fromStream(entry.body()::buffers);
    Answer hit =
        new Answer.Response(
            stored.head(), serve.age(), CacheStatus.hit(serve.ttl().toSeconds()), watched(body));
    return Mono.using(entry::body, retained -> write(hit, Result.HIT), Body::release);
  }

  private Mono<Void> join(Forwarded why, int round) {
    Attachment attachment = service.fills().join(ask(), this::isServedNow);
    return attachment == null ? decide(round + 1) : follow(attachment, why, round);
  }

  private boolean isServedNow() {
    Entry entry = service.store().peek(key, request().fields());
    return decisionOn(entry) instanceof Decision.Serve;
  }

  private Mono<Void> pass(Forwarded why) {
    return follow(service.fills().pass(ask()), why, MAX_ROUNDS);
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
    if (!request().method().equals("GET") && !request().method().equals("HEAD")) {
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
      return write(
              Problems.callerTimeout(why, collapsed, Storability.couldStore(request())),
              Result.ERROR)
          .then(Mono.empty());
    }
    Answered answered = head.get();
    if (answered instanceof Answered.DecideAgain) {
      return Mono.just(true);
    }
    if (answered instanceof Answered.Failed failed) {
      Answer problem = Problems.of(failed.failure(), why, collapsed);
      return write(problem, Result.ERROR).then(Mono.empty());
    }
    return view((Answered.View) answered, why, collapsed).then(Mono.empty());
  }

  private Mono<Void> view(Answered.View view, Forwarded why, boolean collapsed) {
    NotStorable reason = view.notStored();
    CacheStatus status =
        new CacheStatus(
            false,
            why,
            null,
            view.head().status(),
            reason == null,
            collapsed,
            reason == null ? null : reason.token());
    Result stored = reason == null ? Result.MISS : Result.PASSED;
    return write(
        new Answer.Response(view.head(), null, status, watched(view.body())),
        collapsed ? Result.COLLAPSED : stored);
  }

  private Mono<Void> write(Answer answer, Result result) {
    service.observer().answered(originName(), result, waited());
    return writer.apply(answer).doOnError(this::failedToWrite);
  }

  /**
   * A caller that leaves in mid-body has its body cancelled; for reactor-netty that is no error.
   */
  private Flux<ByteBuf> watched(Flux<ByteBuf> body) {
    return body.doOnCancel(() -> left(Left.DISCONNECT));
  }

  private void failedToWrite(Throwable failure) {
    if (!(failure instanceof BodyAborted aborted)) {
      left(Left.DISCONNECT);
    } else if (aborted.isTooSlow()) {
      left(Left.TOO_SLOW);
    }
  }

  /** The caller goes without its whole answer; only the first reason counts. */
  void left(Left reason) {
    if (gone.compareAndSet(false, true)) {
      service.observer().left(originName(), reason);
    }
  }

  private Ask ask() {
    return new Ask(
        caller.origin().origin(),
        key,
        request(),
        caller.body(),
        caller.origin().policy(),
        caller.origin().settings().maxStoredBodyBytes(),
        caller.executor());
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
