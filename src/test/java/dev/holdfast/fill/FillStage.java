package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.Time;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.origin.Arrived;
import dev.holdfast.origin.Origin;
import dev.holdfast.origin.PlayedConnection;
import dev.holdfast.origin.Receiver;
import dev.holdfast.origin.StagedOrigin;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import dev.holdfast.testing.Bytes;
import dev.holdfast.testing.Times;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One fill's life on the test's thread, moment by moment, and what is to happen in each. */
public final class FillStage implements FillObserver, Origin {

  public static final CacheKey KEY = new CacheKey("catalog", "/items/1");
  public static final CachePolicy POLICY = CachePolicy.BY_DEFAULT;

  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final StagedOrigin origin = new StagedOrigin(time);
  private final BodyMemory memory = new BodyMemory(100_000);
  private final Store store = new Store(1_000_000, this::tick);
  private final Time still =
      Times.by(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC));
  private final Fills fills = new Fills(store, memory, still, this, TestFills.BOUNDLESS);
  private final List<FillOutcome> outcomes = new ArrayList<>();
  private final Map<FillMoment, Runnable> plans = new EnumMap<>(FillMoment.class);
  private final Set<FillMoment> met = EnumSet.noneOf(FillMoment.class);
  private int begun;
  private boolean writing;
  private int fetches;

  /** Above zero while what happens is none of the first fill's moments. */
  private int aside;

  private @Nullable Consumer<PlayedConnection> laterFetches;

  public FillStage() {
    origin.occupy();
    origin.atSent(sent -> now(FillMoment.LET_IN));
  }

  /** Has something happen in the moment, once. */
  public void at(FillMoment moment, Runnable action) {
    plans.put(moment, action);
  }

  /** Has later fetches answered at once; their moments are none of the first one's. */
  public void answerLaterFetches(Consumer<PlayedConnection> answer) {
    laterFetches = answer;
    origin.atSent(
        sent -> {
          now(FillMoment.LET_IN);
          if (aside > 0) {
            answer.accept(sent);
          }
        });
  }

  /** Has something happen whose moments do not count. */
  void aside(Runnable action) {
    aside++;
    action.run();
    aside--;
  }

  /** The moment is there. */
  public void now(FillMoment moment) {
    if (aside > 0) {
      return;
    }
    met.add(moment);
    Runnable plan = plans.remove(moment);
    if (plan != null) {
      plan.run();
    }
  }

  public boolean hasMet(FillMoment moment) {
    return met.contains(moment);
  }

  /** Has the origin answer the first fetch, from the line before the bulkhead to its end. */
  public void play(FillKind kind) {
    now(FillMoment.QUEUED);
    origin.letIn();
    if (origin.requestsSent() > 0) {
      now(FillMoment.CONNECTING);
      answer(kind, origin.sent(1));
    }
    now(FillMoment.AFTER);
  }

  private void answer(FillKind kind, PlayedConnection sent) {
    if (kind.hasHead()) {
      sent.head(200, kind.fields());
      now(FillMoment.HEAD);
      pieces(kind, sent);
    }
    switch (kind.end()) {
      case WHOLE -> sent.complete();
      case BROKEN, BROKEN_BEFORE_THE_HEAD -> sent.breakOff();
      case LATE, LATE_BEFORE_THE_HEAD -> time.advanceTimeBy(StagedOrigin.FETCH_TIMEOUT);
    }
  }

  private void pieces(FillKind kind, PlayedConnection sent) {
    List<FillMoment> come = List.of(FillMoment.FIRST, FillMoment.SECOND, FillMoment.LAST);
    for (int i = 0; i < kind.pieces().size(); i++) {
      sent.piece(kind.pieces().get(i));
      now(come.get(i));
      if (i == 0 && kind == FillKind.INVALIDATED_IN_BETWEEN) {
        store.invalidate(KEY.cache(), new Scope.Target(KEY.target()));
      }
    }
  }

  @Override
  public String name() {
    return KEY.cache();
  }

  @Override
  public URI baseUrl() {
    return URI.create("http://origin");
  }

  @Override
  public Mono<Arrived> fetch(RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
    Mono<Arrived> fetch = origin.origin().fetch(request, body, receiver);
    if (fetches++ > 0 && laterFetches != null) {
      return fetch.doFirst(() -> aside++).doFinally(signal -> aside--);
    }
    return fetch.doOnNext(
        arrived -> {
          now(FillMoment.ARRIVED);
          writing = aside == 0;
        });
  }

  /** Caffeine asks for the time when it is about to take in what the store has listed. */
  private long tick() {
    if (writing && aside == 0) {
      writing = false;
      now(FillMoment.WRITING);
    }
    return 0;
  }

  @Override
  public void began(String name) {
    begun++;
  }

  @Override
  public void ended(String name, FillOutcome outcome, Duration took) {
    outcomes.add(outcome);
    writing &= aside > 0;
    now(FillMoment.COUNTED);
  }

  public Ask ask(Executor executor) {
    return new Ask(this, KEY, request(), null, null, POLICY, FillKind.MAX_STORED_BYTES, executor);
  }

  public RequestHead request() {
    return new RequestHead("GET", "/items/1", Fields.EMPTY, "1.1");
  }

  /** A caller's join as the service does it; {@code null} where the response is stored. */
  @Nullable Attachment join(Executor executor) {
    return fills.join(ask(executor), () -> store.peek(KEY, Fields.EMPTY) != null);
  }

  /** The body that is stored, or {@code null}. */
  public @Nullable String stored() {
    Entry entry = store.peek(KEY, Fields.EMPTY);
    if (entry == null) {
      return null;
    }
    return Bytes.text(entry.body().ownBuffers());
  }

  /** No running fill, permit, place in the line or byte is left, and every fill was counted. */
  public void nothingIsLeft() {
    assertThat(fills.running()).as("running").isEmpty();
    assertThat(outcomes).as("each counted once").hasSize(begun);
    assertThat(origin.isIdle()).as("all permits are back").isTrue();
    assertThat(memory.inFlightBytes()).as("bytes in flight").isZero();
    store.close();
    assertThat(memory.usedBytes()).as("bytes of bodies").isZero();
    time.dispose();
  }

  public List<FillOutcome> outcomes() {
    return outcomes;
  }

  public StagedOrigin origin() {
    return origin;
  }

  public Store store() {
    return store;
  }

  public Fills fills() {
    return fills;
  }

  public Time still() {
    return still;
  }

  public VirtualTimeScheduler time() {
    return time;
  }
}
