package dev.holdfast.fill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.origin.Arrived;
import dev.holdfast.origin.Origin;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.origin.Receiver;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.FailingMemory;
import dev.holdfast.store.Store;
import dev.holdfast.testing.NoLeaks;
import dev.holdfast.testing.Times;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Law 6: what a fill takes of the memory, and what becomes of it when there is none. */
@ExtendWith(NoLeaks.class)
class FillMemoryTest {

  private static final Ticker STILL = () -> 0;
  private static final int STORE_BYTES = 20_000;

  private boolean outOfMemory;
  private int largestBuffer = Integer.MAX_VALUE;
  private final BodyMemory memory =
      FailingMemory.create(100_000, bytes -> outOfMemory || bytes > largestBuffer);
  private final Store store = new Store(STORE_BYTES, STILL);
  private final Scripted origin = new Scripted();
  private final List<FillOutcome> outcomes = new ArrayList<>();
  private final List<TestCaller> callers = new ArrayList<>();
  private final Fills fills =
      new Fills(
          store,
          memory,
          Times.by(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC)),
          new FillObserver() {
            @Override
            public void began(String name) {}

            @Override
            public void ended(String name, FillOutcome outcome, Duration took) {
              outcomes.add(outcome);
            }
          },
          TestFills.BOUNDLESS);

  @AfterEach
  void nothingIsLeft() {
    callers.forEach(TestCaller::leave);
    assertThat(fills.running()).isEmpty();
    assertThat(memory.inFlightBytes()).isZero();
    store.close();
    assertThat(store.usedBytes()).isZero();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void storedResponse_isInFlightNoMore_thoughACallerHasNotReadIt() {
    TestCaller caller = join();
    origin.piece(5_000);
    assertThat(memory.inFlightBytes()).isEqualTo(5_000);

    origin.complete();

    assertThat(outcomes).containsExactly(new FillOutcome.Stored(false));
    assertThat(memory.inFlightBytes()).isZero();
    store.close();
    assertThat(store.usedBytes()).as("evicted, but not read yet").isGreaterThan(5_000);
    assertThat(caller.read().text()).hasSize(5_000);
  }

  @Test
  void responseHeavierThanTheStore_isNotStored_andInFlightUntilItIsRead() {
    TestCaller caller = join();
    origin.piece(STORE_BYTES);

    origin.complete();

    assertThat(outcomes).containsExactly(new FillOutcome.NotStored(NotStorable.CACHE_MEMORY));
    assertThat(store.usedBytes()).isZero();
    assertThat(memory.inFlightBytes()).isEqualTo(memory.usedBytes()).isPositive();
    assertThat(caller.read().text()).hasSize(STORE_BYTES);
  }

  @Test
  void noMemoryToStoreIt_responseIsPassedOn() {
    TestCaller caller = join();
    caller.read();
    origin.piece(5_000);
    largestBuffer = 2_000;

    origin.piece(1_000);
    origin.complete();

    assertThat(outcomes).containsExactly(new FillOutcome.NotStored(NotStorable.IN_FLIGHT_MEMORY));
    assertThat(caller.text()).hasSize(6_000);
    assertThat(caller.isComplete()).isTrue();
  }

  @Test
  void noMemoryAtAll_fillFailsAndEverythingIsReleased() {
    TestCaller caller = join();
    caller.read();
    origin.piece(5_000);
    outOfMemory = true;

    origin.piece(1_000);

    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            FillOutcome.Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(OriginFailure.Internal.class));
    assertThat(caller.aborted()).isInstanceOf(BodyAborted.class);
    assertThat(caller.text()).hasSize(5_000);
    assertThat(origin.cancelled).as("the rest is not fetched").isTrue();
    assertThat(fills.running()).isEmpty();
    caller.leave();
    assertThat(memory.usedBytes()).isZero();
    assertThat(memory.inFlightBytes()).isZero();
  }

  private TestCaller join() {
    Ask ask =
        new Ask(
            origin,
            new CacheKey("catalog", "/a"),
            new RequestHead("GET", "/a", Fields.EMPTY, "1.1"),
            null,
            null,
            CachePolicy.BY_DEFAULT,
            50_000,
            Runnable::run);
    TestCaller caller = new TestCaller(Objects.requireNonNull(fills.join(ask, () -> false)));
    callers.add(caller);
    return caller;
  }

  /** An origin that hands its pieces over as the client does. */
  private static final class Scripted implements Origin {
    private static final ResponseHead HEAD =
        new ResponseHead(200, "", Fields.of("Cache-Control", "max-age=60"), "1.1");

    private final Sinks.Many<ByteBuf> pieces = Sinks.many().unicast().onBackpressureBuffer();
    private int sent;
    private boolean cancelled;

    @Override
    public String name() {
      return "catalog";
    }

    @Override
    public URI baseUrl() {
      return URI.create("http://origin");
    }

    @Override
    public Mono<Arrived> fetch(
        RequestHead request, @Nullable Flux<ByteBuf> body, Receiver receiver) {
      return Mono.defer(
          () -> {
            receiver.begun();
            receiver.head(HEAD);
            return pieces
                .asFlux()
                .doOnCancel(() -> cancelled = true)
                .map(receiver::piece)
                .concatMap(next -> next, 1)
                .then(Mono.fromSupplier(() -> new Arrived(HEAD, sent)));
          });
    }

    void piece(int bytes) {
      pieces.tryEmitNext(Unpooled.copiedBuffer("x".repeat(bytes), UTF_8)).orThrow();
      sent += bytes;
    }

    void complete() {
      pieces.tryEmitComplete().orThrow();
    }
  }
}
