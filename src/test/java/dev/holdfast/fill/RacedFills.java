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
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Store;
import dev.holdfast.testing.Times;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Fills in front of an origin that answers when told to; safe for several threads. */
final class RacedFills implements Origin, FillObserver {
  private static final CacheKey KEY = new CacheKey("catalog", "/a");
  private static final Ticker STILL = () -> 0;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

  private final BodyMemory memory = new BodyMemory(1 << 20);
  private final Store store = new Store(1 << 20, STILL);
  private final Fills fills = new Fills(store, memory, Times.by(CLOCK), this, TestFills.BOUNDLESS);
  final List<Receiver> sent = new CopyOnWriteArrayList<>();
  private final List<Sinks.One<Arrived>> ends = new CopyOnWriteArrayList<>();
  final List<Caller> callers = new CopyOnWriteArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  volatile @Nullable FillOutcome outcome;

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
          Sinks.One<Arrived> end = Sinks.one();
          ends.add(end);
          sent.add(receiver);
          return end.asMono();
        });
  }

  @Override
  public void began(String name) {
    begun.incrementAndGet();
  }

  @Override
  public void ended(String name, FillOutcome how, Duration took) {
    outcome = how;
    ended.incrementAndGet();
  }

  @Nullable Caller join() {
    RequestHead request = new RequestHead("GET", "/a", Fields.EMPTY, "1.1");
    CachePolicy policy = CachePolicy.BY_DEFAULT;
    Ask ask = new Ask(this, KEY, request, null, null, policy, 1000, Runnable::run);
    Attachment attachment = fills.join(ask, this::isStored);
    if (attachment == null) {
      return null;
    }
    Caller caller = new Caller(attachment);
    callers.add(caller);
    return caller;
  }

  boolean isStored() {
    return store.peek(KEY, Fields.EMPTY) != null;
  }

  RacedFills letIn(int fetch) {
    check(isLetIn(fetch), "given up before it was let in");
    return this;
  }

  /** Whether the fetch begins, because it is wanted still. */
  boolean isLetIn(int fetch) {
    return sent.get(fetch - 1).begun();
  }

  RacedFills head(int fetch) {
    return head(fetch, "max-age=60");
  }

  RacedFills head(int fetch, String cacheControl) {
    Fields fields = Fields.of("Cache-Control", cacheControl);
    sent.get(fetch - 1).head(new ResponseHead(200, "", fields, "1.1"));
    return this;
  }

  void complete(int fetch) {
    sent.get(fetch - 1).piece(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
    Fields fields = Fields.EMPTY;
    var head = new ResponseHead(200, "", fields, "1.1");
    ends.get(fetch - 1).tryEmitValue(new Arrived(head, 3));
  }

  void nothingIsLeft() {
    callers.forEach(caller -> caller.attachment.leave());
    check(fills.running().isEmpty(), "a fill runs on");
    check(begun.get() == ended.get(), "not each counted once");
    check(memory.inFlightBytes() == 0, "bytes are reserved");
    store.close();
    check(memory.usedBytes() == 0, "bytes are left");
  }

  /** A caller that reads everything, and what it was told. */
  static final class Caller {
    final Attachment attachment;
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    final Disposable reading;

    private Caller(Attachment attachment) {
      this.attachment = attachment;
      this.reading =
          attachment
              .head()
              .flatMapMany(head -> head instanceof Answered.View view ? view.body() : Flux.empty())
              .doOnDiscard(ByteBuf.class, ByteBuf::release)
              .subscribe(this::took, failed -> {}, ends::incrementAndGet);
    }

    private void took(ByteBuf piece) {
      bytes.addAndGet(piece.readableBytes());
      piece.release();
    }

    boolean isAnswered() {
      return bytes.get() == 3 && ends.get() == 1;
    }
  }

  static void check(boolean right, String otherwise) {
    if (!right) {
      throw new AssertionError(otherwise);
    }
  }
}
