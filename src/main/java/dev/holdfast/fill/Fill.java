package dev.holdfast.fill;

import dev.holdfast.http.NotStorable;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.origin.Receiver;
import dev.holdfast.policy.Storability;
import dev.holdfast.store.Entry;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The fetch of one key on the cache's own behalf: it belongs to nobody who waits for it.
 *
 * <p>Callers attach and leave; neither touches the fetch, except that a fetch which can serve
 * nobody and store nothing is given up. It ends once, in {@link #conclude}, whatever happens:
 * stored, or not, it leaves the table before anybody can see the end of the body.
 */
final class Fill implements Receiver {

  /** RFC 9110 §9.2.1. */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** What waits for the head is told: that it came, or that it will not. */
  sealed interface HeadEvent {
    record Came(StoredResponse response, @Nullable NotStorable notStored) implements HeadEvent {}

    record WillNot(OriginFailure failure) implements HeadEvent {}
  }

  /** What an entry takes apart from what it carries: objects, references, Caffeine's own. */
  private static final int OVERHEAD_BYTES = 600;

  private final FillKey fillKey;
  private final Ask ask;
  private final Fills fills;
  private final long began;
  private final Instant requestTime;
  private final Content content;
  private final Sinks.One<HeadEvent> heads = Sinks.one();
  private final Disposable.Swap running = Disposables.swap();
  private final AtomicReference<@Nullable FillOutcome> outcome = new AtomicReference<>();

  /** Written by the thread that brings the response, before anybody is told. */
  private volatile @Nullable StoredResponse response;

  private volatile @Nullable NotStorable notStored;

  /** Confined to the thread that brings the response. */
  private @Nullable Storability verdict;

  private @Nullable FillOutcome written;

  Fill(FillKey fillKey, Ask ask, Fills fills) {
    this.fillKey = fillKey;
    this.ask = ask;
    this.fills = fills;
    this.began = fills.store().begin();
    this.requestTime = fills.clock().instant();
    this.content = new Content(fills.memory(), ask.maxStoredBodyBytes());
  }

  /**
   * Begins the fetch, on a subscription of the cache's own: no caller holds it, so no caller's
   * time-out or disconnect can come between the arrival of the response and its write.
   */
  void start() {
    fills.began(this);
    running.update(
        ask.origin()
            .fetch(ask.request(), ask.body(), this)
            .doOnNext(arrived -> store())
            .doOnCancel(() -> conclude(new FillOutcome.Abandoned()))
            .subscribe(
                arrived -> conclude(Objects.requireNonNull(written)),
                failure -> conclude(new FillOutcome.Failed(OriginFailure.of(failure)))));
  }

  /** Attaches a caller, if the whole response is still to be had. */
  @Nullable Attachment attach(Ask caller, boolean collapsed) {
    BodyReader reader = new BodyReader(content, caller.executor());
    return content.attach(reader) ? new Attachment(this, caller, reader, collapsed) : null;
  }

  /** Whether what it fetches is from before an invalidation. */
  boolean isOvertaken() {
    return fills.store().isInvalidated(fillKey.key(), began);
  }

  @Override
  public void head(ResponseHead head) {
    Selecting selecting = Selecting.of(head.fields(), ask.request().fields());
    StoredResponse came = new StoredResponse(head, selecting, requestTime, fills.clock().instant());
    verdict = Storability.judge(ask.request(), came, ask.policy());
    NotStorable reason = verdict.reason();
    if (reason == null && head.contentLength().orElse(0) > ask.maxStoredBodyBytes()) {
      reason = NotStorable.TOO_LARGE;
    }
    content.begin(reason == null, head.contentLength().orElse(-1)); // from here on nobody attaches
    notStored = reason; // to what will not be stored, so that it can be given up
    response = came;
    if (reason != null) {
      stopStoring(reason);
    } else {
      fills.hints().selectedBy(fillKey.key(), selecting.names());
    }
    if (!isWholeWithHead(head)) {
      heads.tryEmitValue(new HeadEvent.Came(came, reason)); // refused if the fill has ended
    }
  }

  /** Such a head is shown when the response is stored: who has it, has the whole response. */
  private boolean isWholeWithHead(ResponseHead head) {
    return head.isWhole() || ask.request().method().equals("HEAD");
  }

  @Override
  public Mono<Void> piece(ByteBuf piece) {
    NotStorable stopped = content.append(piece);
    if (stopped != null) {
      stopStoring(stopped);
    }
    content.wakeReaders();
    return content.room();
  }

  @Override
  public boolean isUnderTotalDeadline() {
    return content.isStoring();
  }

  private void stopStoring(NotStorable reason) {
    notStored = reason;
    fills.leaveTable(fillKey, this);
    fills.hints().notStorable(fillKey.key(), reason, Objects.requireNonNull(response));
    giveUpIfPointless();
  }

  /** The response is whole: it is written, if it may be. */
  private void store() {
    NotStorable reason = notStored;
    written =
        reason == null
            ? fills.write(fillKey.key(), this::entry)
            : new FillOutcome.NotStored(reason);
    if (written instanceof FillOutcome.Stored && content.readerCount() == 0) {
      written = new FillOutcome.Stored(true);
    }
  }

  private Entry entry() {
    StoredResponse came = Objects.requireNonNull(response);
    int headBytes = OVERHEAD_BYTES + ask.request().target().length() + came.head().weightBytes();
    return new Entry(
        fillKey.key(),
        came.selecting(),
        came,
        content.toBody(),
        began,
        Objects.requireNonNull(verdict).keepFor(),
        headBytes);
  }

  /** The one end of every fill; only its first call counts. */
  private void conclude(FillOutcome how) {
    if (!outcome.compareAndSet(null, how)) {
      return;
    }
    fills.leaveTable(fillKey, this);
    content.end(failureOf(how));
    StoredResponse came = response;
    if (how instanceof FillOutcome.Failed failed && came == null) {
      heads.tryEmitValue(new HeadEvent.WillNot(failed.failure()));
    } else if (came != null) {
      heads.tryEmitValue(new HeadEvent.Came(came, notStored)); // refused if shown already
    }
    content.wakeReaders();
    fills.ended(this, how, age(fills.clock().instant()));
  }

  private static @Nullable String failureOf(FillOutcome how) {
    if (how instanceof FillOutcome.Failed failed) {
      return failed.failure().getMessage();
    }
    return how instanceof FillOutcome.Abandoned ? "the fetch was given up" : null;
  }

  void leave(BodyReader reader) {
    content.leave(reader);
    giveUpIfPointless();
  }

  /** Nobody is served and nothing can be stored: the origin is not kept busy for it. */
  private void giveUpIfPointless() {
    if (outcome.get() == null && content.readerCount() == 0 && !isWorthFinishing()) {
      running.dispose();
    }
  }

  private boolean isWorthFinishing() {
    if (response != null) {
      return notStored == null;
    }
    boolean unsafe = !SAFE.contains(ask.request().method());
    return unsafe || Storability.couldStore(ask.request());
  }

  Mono<HeadEvent> heads() {
    return heads.asMono();
  }

  private Duration age(Instant now) {
    return Duration.between(requestTime, now);
  }

  Ask ask() {
    return ask;
  }

  RunningFill snapshot(Instant now) {
    String state = !content.hasBegun() ? "waiting" : content.isStoring() ? "storing" : "passing";
    String target = ask.request().target();
    int query = target.indexOf('?');
    return new RunningFill(
        ask.origin().name(),
        query < 0 ? target : target.substring(0, query),
        age(now),
        content.readerCount(),
        content.received(),
        state);
  }
}
