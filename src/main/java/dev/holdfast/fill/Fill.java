package dev.holdfast.fill;

import dev.holdfast.http.FetchTimes;
import dev.holdfast.http.Fields;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.Part;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.http.TargetPath;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.origin.Receiver;
import dev.holdfast.origin.TraceFields;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.policy.Freshness;
import dev.holdfast.policy.Preconditions;
import dev.holdfast.policy.Reuse;
import dev.holdfast.policy.Sharing;
import dev.holdfast.policy.Staleness;
import dev.holdfast.policy.Storability;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The fetch of one key on the cache's own behalf: it belongs to nobody who waits for it.
 *
 * <p>Callers attach and leave; neither touches the fetch, except that a fetch which serves nobody
 * and has not begun, or can store nothing, is given up. It ends once, in {@link #conclude},
 * whatever happens: stored, or not, it leaves the table before anybody can see the end of the body.
 */
final class Fill implements Receiver {

  /** What waits for the head is told: that it came, or that it will not. */
  sealed interface HeadEvent {
    /**
     * The head.
     *
     * @param response as it is for who fetched it
     * @param shared as it is for everybody else
     */
    record Came(StoredResponse response, StoredResponse shared, @Nullable NotStorable notStored)
        implements HeadEvent {}

    record Confirmed(Entry entry) implements HeadEvent {}

    /** What was asked about is not to be had any more. */
    record AskAgain() implements HeadEvent {}

    record WillNot(OriginFailure failure) implements HeadEvent {}
  }

  private final Ask ask;

  /** What is stored of the response already, or {@code null}. */
  private final @Nullable Rest rest;

  private final boolean background;
  private final Fills fills;
  private final FillTrace trace;
  private final Instant createdAt;
  private final Content content;
  private final Aftermath aftermath;
  private final Sinks.One<HeadEvent> heads = Sinks.one();
  private final Interims interims = new Interims();
  private final Disposable.Swap running = Disposables.swap();
  private final AtomicReference<@Nullable FillOutcome> outcome = new AtomicReference<>();

  /**
   * The variant that it is for: what is expected by what is known of the target, and exact from the
   * head on. Written by the thread that brings the response.
   */
  private volatile Selecting selecting;

  /** {@code null} while the fetch waits to be let in: what it will fetch is from after that. */
  private volatile @Nullable Beginning beginning;

  /** Written by the thread that brings the response, before anybody is told. */
  private volatile @Nullable StoredResponse response;

  private volatile @Nullable StoredResponse shared;

  private volatile @Nullable NotStorable notStored;

  /** Whether what the origin answered is the rest of what is stored. */
  private volatile boolean completion;

  /** Written before the end of the body is shown. */
  private volatile Fields trailers = Fields.EMPTY;

  /** What a 304 says. Confined to the thread that brings it. */
  private @Nullable Renewal notModified;

  private @Nullable FillOutcome written;

  /**
   * @param background whether it is on nobody's behalf from the start
   */
  Fill(Ask ask, Selecting expected, boolean background, Fills fills) {
    this.ask = ask;
    this.background = background;
    this.rest = Rest.of(ask);
    this.selecting = expected;
    this.fills = fills;
    this.createdAt = fills.time().now();
    this.aftermath = new Aftermath(ask, fills.store());
    this.trace = ask.trace().begin(ask, background);
    this.content =
        new Content(fills.memory(), ask.terms().maxStoredBodyBytes(200), withoutCallers());
  }

  /**
   * Begins the fetch, on a subscription of the cache's own: no caller holds it, so no caller's
   * time-out or disconnect can come between the arrival of the response and its write.
   */
  void start() {
    try {
      fills.began(this);
      if (ask.couldStore() && withoutCallers().isFull()) {
        conclude(new FillOutcome.Failed(OriginFailure.Full.ofFetchesWithoutCallers()));
        return;
      }
      ask.origin()
          .fetch(rest == null ? ask.sent() : rest.sent(ask.request()), ask.body(), this)
          .contextWrite(context -> TraceFields.in(context, trace.fields()))
          .doOnNext(arrived -> trailers = arrived.trailers())
          .doOnNext(arrived -> store())
          .map(arrived -> Objects.requireNonNull(written))
          .onErrorResume(failure -> Mono.just(new FillOutcome.Failed(OriginFailure.of(failure))))
          .doOnCancel(() -> conclude(new FillOutcome.Abandoned()))
          .doOnSubscribe(subscription -> running.update(subscription::cancel))
          .subscribe(this::conclude); // what fails of that is no failure of the fetch
    } catch (Throwable thrown) { // an error of the JVM: Reactor passes no such on
      try {
        conclude(new FillOutcome.Failed(new OriginFailure.Internal(thrown)));
      } finally {
        running.dispose();
      }
    }
  }

  private FillsWithoutCallers.Count withoutCallers() {
    return fills.ofOrigin(ask.origin().name());
  }

  /** Attaches a caller, if the whole response is still to be had. */
  @Nullable Attachment attach(Ask caller, boolean collapsed) {
    BodyReader reader = new BodyReader(content, caller.executor());
    if (!content.attach(reader)) {
      return null;
    }
    if (collapsed) {
      trace.joined(caller.trace());
    }
    return new Attachment(this, caller, reader, collapsed);
  }

  /** Whether what it brings may be stored, and is the whole of what that request selects. */
  boolean bringsWholeOf(Ask other) {
    Selecting own = selecting;
    return ask.key().equals(other.key())
        && ask.couldStore()
        && Preconditions.asksForTheWhole(ask.request())
        && own.matches(other.request().fields());
  }

  /** Whether what it fetches is from before an invalidation, or has become stale as it comes. */
  boolean isOvertaken() {
    return isFromBefore() || hasBecomeStale();
  }

  /** Whether what it fetches is from before an invalidation that may be about it. */
  boolean isFromBefore() {
    Beginning began = beginning;
    return began != null && fills.store().mayBeInvalidated(ask.key(), began.reading());
  }

  private boolean hasBecomeStale() {
    StoredResponse came = shared;
    return came != null && !Freshness.isFresh(came, ask.policyFor(came.head().status()), now());
  }

  @Override
  public boolean begun() {
    long invalidations = fills.store().invalidations(ask.key().cache()); // before the reading
    beginning = new Beginning(fills.store().begin(), invalidations, fills.time().now());
    boolean wanted = content.fetching();
    if (!wanted) {
      conclude(new FillOutcome.Abandoned()); // as its last caller is about to
    }
    return wanted;
  }

  @Override
  public void interim(ResponseHead response) {
    interims.came(response);
  }

  @Override
  public void head(ResponseHead said) {
    FetchTimes fetched = new FetchTimes(began().time(), now(), fills.time().calendar());
    trace.head(said.status());
    if (rest == null && said.status() == 304 && !ask.asked().isEmpty()) {
      notModified = renewal(said, fetched);
      return; // the end shows whether that still counts
    }
    ResponseHead head = rest == null ? said : rest.wholeBy(said, fills.store());
    if (head == null) {
      fetchTheWhole();
    } else {
      came(head, fetched, rest != null && said.status() == 206);
    }
  }

  /** The rest alone is not to be had: what is stored is of no use, and its callers decide again. */
  private void fetchTheWhole() {
    fills.store().discard(Objects.requireNonNull(ask.validated()));
    conclude(new FillOutcome.NotStored(NotStorable.PARTIAL_RESPONSE));
    running.dispose();
  }

  /**
   * @param completed whether what is stored comes before the fetched bytes
   */
  private void came(ResponseHead head, FetchTimes fetched, boolean completed) {
    completion = completed;
    Beginning sent = began();
    beginning = sent.with(aftermath.of(head, sent.reading(), sent.invalidations()));
    Selecting exact = Selecting.of(head.fields(), ask.request().fields());
    StoredResponse came = new StoredResponse(head, exact, fetched);
    StoredResponse forAll = came.withHead(Sharing.shared(head, ask.policyFor(head.status())));
    long maxStoredBytes = ask.terms().maxStoredBodyBytes(head.status());
    NotStorable reason = refusal(forAll, maxStoredBytes);
    content.limit(maxStoredBytes);
    content.begin(reason == null, head.contentLength().orElse(-1)); // from here on nobody attaches
    if (completed && (reason != null || !hasStoredBytesBefore())) {
      fetchTheWhole();
      return;
    }
    notStored = reason; // to what will not be stored, so that it can be given up
    response = came;
    shared = forAll;
    if (reason != null) {
      stopStoring(reason);
    } else {
      storing(exact, forAll);
    }
    if (!isWholeWithHead(head)) {
      heads.tryEmitValue(new HeadEvent.Came(came, forAll, reason)); // refused if the fill has ended
    }
  }

  /**
   * Has the stored bytes come first; {@code false} if they or memory for them are not to be had.
   */
  private boolean hasStoredBytesBefore() {
    try {
      return Objects.requireNonNull(rest).precede(content::append) && content.isStoring();
    } catch (Content.NoMemory exhausted) {
      return false;
    }
  }

  private @Nullable NotStorable refusal(StoredResponse came, long maxStoredBytes) {
    if (ask.terms().bypass()) {
      return NotStorable.BYPASS;
    }
    CachePolicy policy = ask.policyFor(came.head().status());
    NotStorable reason =
        Storability.judge(ask.request(), came, ask.origin().baseUrl(), policy).reason();
    if (reason == null && Staleness.isError(came.head().status()) && hasStaleInItsPlace()) {
      return NotStorable.STALE_IF_ERROR;
    }
    boolean tooLarge = came.head().contentLength().orElse(0) > maxStoredBytes;
    return reason == null && tooLarge ? NotStorable.TOO_LARGE : reason;
  }

  private boolean hasStaleInItsPlace() {
    Entry entry = fills.store().peek(ask.key(), ask.request().fields());
    StoredResponse stored = fills.store().responseIn(entry);
    return stored != null
        && Reuse.onError(ask.request(), stored, ask.policyFor(stored.head().status()), now())
            != null;
  }

  /** From here on only whom the response can answer may attach. */
  private void storing(Selecting exact, StoredResponse came) {
    selecting = exact;
    if (came.head().part().isPresent()) {
      return; // what it says of the whole is not for this fetch to tell
    }
    if (Sharing.isUsableByOthers(came, ask.policyFor(came.head().status()))) {
      fills.notStorable().remove(ask.key());
    } else {
      fills.leaveTable(this);
      fills.notStorable().addValidated(ask.key());
    }
  }

  /** What it may have changed is unusable before anybody hears of its end. */
  private void invalidateIfUnknown(FillOutcome how) {
    boolean sent =
        beginning != null
            && !(how instanceof FillOutcome.Failed failed && !failed.failure().mayHaveArrived());
    if (sent && response == null) {
      aftermath.unknown();
    }
  }

  /** Such a head is shown when the response is stored: who has it, has the whole response. */
  private boolean isWholeWithHead(ResponseHead head) {
    return head.isWhole() || ask.request().method().equals("HEAD");
  }

  @Override
  public Mono<Void> piece(ByteBuf piece) {
    NotStorable stopped;
    try {
      stopped = content.append(piece);
    } catch (Content.NoMemory exhausted) {
      return Mono.error(new OriginFailure.Internal(exhausted));
    }
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
    fills.leaveTable(this);
    fills.notStorable().add(ask.key(), reason, Objects.requireNonNull(response));
    giveUpIfPointless();
  }

  /**
   * The response is whole: it is written, if it may be.
   *
   * <p>A store that fails costs the write, never the answer, whatever it fails of: Reactor would
   * throw an error of the JVM past all that ends the fill.
   */
  private void store() {
    if (!content.writing()) {
      written = new FillOutcome.Abandoned(); // as its last caller left, just before
      return;
    }
    try {
      written = notModified == null ? write() : notModified.confirm();
      if (ask.request().method().equals("HEAD")) {
        StoredResponse head = Objects.requireNonNull(response);
        renewal(head.head(), head.fetched()).compare();
      }
    } catch (Throwable broken) {
      written = fills.storeFailed(this, broken);
    }
  }

  private FillOutcome write() {
    NotStorable reason = notStored;
    if (reason != null) {
      return new FillOutcome.NotStored(reason);
    }
    StoredResponse came = Objects.requireNonNull(shared);
    Optional<Part> part = came.head().part();
    if (part.filter(said -> said.range().length() != content.received()).isPresent()) {
      return new FillOutcome.NotStored(NotStorable.PARTIAL_RESPONSE);
    }
    Store.Written how = fills.store().write(entry(came, part.isPresent()));
    if (how == Store.Written.STORED) {
      content.stored();
    }
    return FillOutcome.of(how, new FillOutcome.Stored(content.readerCount() == 0));
  }

  private Entry entry(StoredResponse came, boolean isPart) {
    Combined whole = new Combined(came, content.toBody());
    if (isPart) {
      Entry stored = fills.store().peek(ask.key(), ask.request().fields());
      long maxBytes = ask.terms().maxStoredBodyBytes(came.head().status());
      whole = Combined.of(came, whole.body(), stored, maxBytes);
      content.keptIn(whole.body());
    }
    return new Entry(
        ask.key(),
        came.selecting(),
        whole.body(),
        began().stateOf(whole.response(), whole.body(), ask));
  }

  /** Whether it is on nobody's behalf from the start. */
  boolean isBackground() {
    return background;
  }

  /** Whether the fetch has not begun yet. */
  boolean isQueued() {
    return beginning == null;
  }

  private Renewal renewal(ResponseHead said, FetchTimes fetched) {
    return new Renewal(ask, fills.store(), began(), said, fetched);
  }

  private Beginning began() {
    return Objects.requireNonNull(beginning, "the fetch has not begun");
  }

  /** The one end of every fill; only its first call counts. */
  private void conclude(FillOutcome how) {
    if (!outcome.compareAndSet(null, how)) {
      return;
    }
    fills.leaveTable(this);
    invalidateIfUnknown(how);
    content.end(failureOf(how));
    StoredResponse came = response;
    if (how instanceof FillOutcome.Failed failed && came == null) {
      heads.tryEmitValue(new HeadEvent.WillNot(failed.failure()));
    } else if (how instanceof FillOutcome.Drained && came == null) {
      heads.tryEmitValue(new HeadEvent.WillNot(new OriginFailure.Stopping()));
    } else if (how instanceof FillOutcome.Revalidated) {
      heads.tryEmitValue(new HeadEvent.Confirmed(Objects.requireNonNull(notModified).confirmed()));
    } else if (came == null) {
      heads.tryEmitValue(new HeadEvent.AskAgain());
    } else { // refused if shown already
      heads.tryEmitValue(new HeadEvent.Came(came, Objects.requireNonNull(shared), notStored));
    }
    content.wakeReaders();
    trace.ended(how, () -> fills.ended(this, how, age(fills.time().now())));
  }

  private static @Nullable String failureOf(FillOutcome how) {
    if (how instanceof FillOutcome.Failed failed) {
      return failed.failure().getMessage();
    }
    boolean givenUp = how instanceof FillOutcome.Abandoned || how instanceof FillOutcome.Drained;
    return givenUp ? "the fetch was given up" : null;
  }

  void leave(BodyReader reader) {
    content.leave(reader);
    giveUpIfPointless();
  }

  /** Whether it was not given up. */
  boolean goesOn() {
    return !content.isClosed();
  }

  /** Nobody is served, and nothing is begun or can be stored: the origin is spared it. */
  private void giveUpIfPointless() {
    if (outcome.get() == null && content.closeIfUnread(isWorthFinishing())) {
      running.dispose();
    }
  }

  /** Ends it, as the process does; what is being written is. */
  void drop() {
    if (content.close()) {
      conclude(new FillOutcome.Drained());
      running.dispose();
    }
  }

  private boolean isWorthFinishing() {
    boolean outlivesCallers = background || ask.terms().finishesAbandoned();
    if (response != null) {
      return notStored == null && outlivesCallers;
    }
    return aftermath.isPossible() || (ask.couldStore() && outlivesCallers);
  }

  Mono<HeadEvent> heads() {
    return heads.asMono();
  }

  boolean isCompletion() {
    return completion;
  }

  Fields trailers() {
    return trailers;
  }

  Flux<ResponseHead> interims() {
    return interims.inOrder();
  }

  Instant now() {
    return fills.time().now();
  }

  private Duration age(Instant now) {
    return Duration.between(createdAt, now);
  }

  Ask ask() {
    return ask;
  }

  Selecting selecting() {
    return selecting;
  }

  RunningFill snapshot(Instant now) {
    return new RunningFill(
        ask.origin().name(),
        TargetPath.of(ask.request().target()),
        age(now),
        content.readerCount(),
        content.received(),
        state());
  }

  private String state() {
    if (isQueued()) {
      return "queued";
    }
    if (!content.hasBegun()) {
      return "waiting";
    }
    return content.isStoring() ? "storing" : "passing";
  }
}
