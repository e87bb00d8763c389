package dev.holdfast.fill;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.origin.Arrived;
import dev.holdfast.origin.Origin;
import dev.holdfast.origin.Receiver;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The table of fills beside the store is linearizable: who asks is told what is stored, joins, or
 * fetches, as it would be if all came one after the other. Lincheck finds the schedules, the table
 * itself is the model.
 *
 * <p>Each thread brings the responses to the fetches that it has begun. A fetch is not let in while
 * an invalidation is under way: their order is the clock's, which is drawn before the mark is seen.
 */
public final class TableLincheckIT implements Origin, FillObserver {

  private static final CacheKey KEY = new CacheKey("catalog", "/a");
  private static final Ticker STILL = () -> 0;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
  private static final ResponseHead RESPONSE =
      new ResponseHead(200, "", Fields.of("Cache-Control", "max-age=60"), "1.1");

  /** Who takes the step that is being taken. */
  private static final ThreadLocal<Hands> ACTING = new ThreadLocal<>();

  private record Fetch(Receiver receiver, Sinks.One<Arrived> end) {}

  /** What one thread of a schedule has begun, and what it was told last. */
  private static final class Hands {
    private final Queue<Fetch> waiting = new ArrayDeque<>();
    private final Queue<Fetch> letIn = new ArrayDeque<>();
    private String told = "";
  }

  private final Store store = new Store(1 << 20, STILL);
  private final Fills fills = TestFills.create(store, CLOCK, this);

  /** By the schedule's thread: the model takes all its steps in one. */
  private final Map<Integer, Hands> hands = new ConcurrentHashMap<>();

  /** Each schedule begins with a fetch at the origin, the first thread's to end. */
  public TableLincheckIT() {
    ask(1);
    letIn(1);
  }

  @Operation
  public String ask(@Param(gen = ThreadIdGen.class) int thread) {
    Hands own = actAs(thread);
    if (find()) {
      return "stored";
    }
    Ask ask =
        new Ask(
            this,
            KEY,
            new RequestHead("GET", "/a", Fields.EMPTY, "1.1"),
            null,
            null,
            CachePolicy.BY_DEFAULT,
            1000,
            Runnable::run);
    int before = own.waiting.size();
    Attachment attached = fills.join(ask, this::find);
    if (attached == null) {
      return "stored";
    }
    if (attached.isCollapsed()) {
      return "joined";
    }
    return own.waiting.size() > before ? "fetches" : "neither";
  }

  @Operation(nonParallelGroup = "clock")
  public String letIn(@Param(gen = ThreadIdGen.class) int thread) {
    Hands own = actAs(thread);
    Fetch next = own.waiting.poll();
    if (next == null) {
      return "nothing";
    }
    next.receiver.begun();
    own.letIn.add(next);
    return "let in";
  }

  @Operation
  public String arrive(@Param(gen = ThreadIdGen.class) int thread) {
    Hands own = actAs(thread);
    Fetch next = own.letIn.poll();
    if (next == null) {
      return "nothing";
    }
    next.receiver.head(RESPONSE);
    next.end.tryEmitValue(new Arrived(RESPONSE, 0)).orThrow();
    return own.told;
  }

  @Operation(nonParallelGroup = "clock")
  public void invalidate() {
    store.invalidate(KEY.cache(), new Scope.Everything());
  }

  @Operation
  public boolean find() {
    return store.peek(KEY, Fields.EMPTY) != null;
  }

  @Test
  void threadsAtOnce_areLinearizable() {
    new StressOptions()
        .iterations(40)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(2)
        .check(TableLincheckIT.class);
  }

  private Hands actAs(int thread) {
    Hands own = hands.computeIfAbsent(thread, none -> new Hands());
    ACTING.set(own);
    return own;
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
    return Mono.defer(
        () -> {
          Fetch fetch = new Fetch(receiver, Sinks.one());
          ACTING.get().waiting.add(fetch);
          return fetch.end.asMono();
        });
  }

  @Override
  public void began(String origin) {}

  @Override
  public void ended(String origin, FillOutcome outcome, Duration took) {
    ACTING.get().told = outcome.result();
  }
}
