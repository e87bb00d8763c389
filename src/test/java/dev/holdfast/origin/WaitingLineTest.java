package dev.holdfast.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.testing.Throwing;
import dev.holdfast.testing.Together;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Who is let in, when, and in which order; every test ends with all permits back. */
class WaitingLineTest {

  private static final Arrived ARRIVED =
      new Arrived(new ResponseHead(200, "", Fields.EMPTY, "1.1"), 0);

  private final Bulkhead bulkhead =
      Bulkhead.of("catalog", BulkheadConfig.custom().maxConcurrentCalls(2).build());
  private final WaitingLine line = new WaitingLine(bulkhead, 3);
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  /** A fetch that says what becomes of it. */
  private final class Fetch {
    private final Sinks.One<Arrived> end = Sinks.one();
    private final Disposable subscription;

    Fetch(String name) {
      Mono<Arrived> fetch =
          end.asMono()
              .doOnSubscribe(begun -> log.add(name + " begins"))
              .doOnCancel(() -> log.add(name + " cancelled"));
      subscription =
          line.admitting(fetch)
              .subscribe(
                  arrived -> log.add(name + " ends, permits " + permits()),
                  failure -> log.add(name + " fails: " + failure.getClass().getSimpleName()));
    }

    void arrive() {
      end.tryEmitValue(ARRIVED).orThrow();
    }

    void fail() {
      end.tryEmitError(new OriginFailure.Broken(new IOException("reset"))).orThrow();
    }

    void cancel() {
      subscription.dispose();
    }
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(line.length()).isZero();
    assertThat(permits()).isEqualTo(2);
  }

  @Test
  void permitsLeft_fetchBeginsAtOnce_andItsPermitIsBackBeforeItsEndIsSeen() {
    Fetch a = new Fetch("a");
    assertThat(permits()).isEqualTo(1);

    a.arrive();

    assertThat(log).containsExactly("a begins", "a ends, permits 2");
  }

  @Test
  void noPermitLeft_fetchesWaitAndAreLetInInTheirOrder() {
    Fetch a = new Fetch("a");
    Fetch b = new Fetch("b");
    Fetch c = new Fetch("c");
    Fetch d = new Fetch("d");
    assertThat(line.length()).isEqualTo(2);
    log.clear();

    b.fail();
    a.arrive();

    assertThat(log).containsExactly("c begins", "b fails: Broken", "d begins", "a ends, permits 0");
    d.arrive();
    c.cancel();
  }

  @Test
  void lineIsFull_nextIsTurnedAway_andWhoWaitsIsNot() {
    List<Fetch> fetches = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      fetches.add(new Fetch("f" + i));
    }

    assertThat(line.length()).isEqualTo(3);
    assertThat(log).containsExactly("f0 begins", "f1 begins", "f5 fails: Full");
    fetches.subList(0, 5).forEach(Fetch::arrive);
    assertThat(log).contains("f4 begins", "f4 ends, permits 2");
  }

  @Test
  void cancelledInLine_placeIsGivenUpAndTheFetchNeverBegins() {
    Fetch a = new Fetch("a");
    Fetch b = new Fetch("b");
    Fetch c = new Fetch("c");
    Fetch d = new Fetch("d");

    c.cancel();
    assertThat(line.length()).isEqualTo(1);
    a.arrive();
    b.arrive();

    assertThat(log).contains("d begins").doesNotContain("c begins", "c cancelled");
    d.arrive();
  }

  @Test
  void cancelledWhileItRuns_permitGoesToTheNext() {
    Fetch a = new Fetch("a");
    Fetch b = new Fetch("b");
    Fetch c = new Fetch("c");

    a.cancel();

    assertThat(log).containsExactly("a begins", "b begins", "a cancelled", "c begins");
    b.arrive();
    c.arrive();
  }

  @Test
  void lineOfFetchesThatFailAtOnce_isWorkedOffWithoutNesting() {
    WaitingLine longLine =
        new WaitingLine(
            Bulkhead.of("one", BulkheadConfig.custom().maxConcurrentCalls(1).build()), 20_000);
    Sinks.One<Arrived> first = Sinks.one();
    AtomicInteger failed = new AtomicInteger();
    Disposable running = longLine.admitting(first.asMono()).subscribe();
    for (int i = 0; i < 20_000; i++) {
      longLine
          .admitting(Mono.error(new OriginFailure.Full(null)))
          .subscribe(arrived -> {}, failure -> failed.incrementAndGet());
    }
    assertThat(failed).hasValue(0);

    running.dispose();

    assertThat(failed).hasValue(20_000);
    assertThat(longLine.length()).isZero();
  }

  @Test
  void fetchThatThrowsAsItBegins_fails_andTheLineGoesOn() {
    Fetch a = new Fetch("a");
    Fetch b = new Fetch("b");
    List<Throwable> failures = new ArrayList<>();
    AtomicInteger cancelled = new AtomicInteger();
    Mono<Arrived> half = Mono.<Arrived>never().doOnCancel(cancelled::incrementAndGet);
    Mono<Arrived> throwing = new Throwing<>(half, new LinkageError("no thread is left"));
    line.admitting(throwing).subscribe(arrived -> {}, failures::add);
    Fetch c = new Fetch("c");
    log.clear();

    a.arrive();

    assertThat(failures).singleElement().isInstanceOf(OriginFailure.Internal.class);
    assertThat(cancelled).as("what it had begun").hasValue(1);
    assertThat(log).containsExactly("c begins", "a ends, permits 0");
    b.arrive();
    c.arrive();
  }

  @Test
  void fetchThatThrowsAsItBegins_andAsItIsToldSo_keepsNobodyOut() {
    Fetch a = new Fetch("a");
    Fetch b = new Fetch("b");
    Mono<Arrived> throwing = new Throwing<>(Mono.never(), new LinkageError("no thread is left"));
    line.admitting(throwing)
        .subscribe(
            arrived -> {},
            failure -> {
              throw new LinkageError("nor is there one to tell it");
            });
    Fetch c = new Fetch("c");
    log.clear();

    a.arrive();

    assertThat(log).containsExactly("c begins", "a ends, permits 0");
    b.arrive();
    c.arrive();
  }

  @Test
  void manyThreads_neverMoreThanThePermits_andAllAreLetIn() {
    WaitingLine longLine = new WaitingLine(bulkhead, 10_000);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(4_000);
    Mono<Arrived> fetch =
        Mono.fromSupplier(
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              running.decrementAndGet();
              return ARRIVED;
            });
    Together.Task many =
        () -> {
          for (int i = 0; i < 1_000; i++) {
            Disposable one =
                longLine.admitting(fetch).doFinally(how -> ended.countDown()).subscribe();
            if (i % 3 == 0) {
              one.dispose();
            }
          }
        };

    Together.run(List.of(many, many, many, many));

    assertThat(ended.getCount()).isZero();
    assertThat(most.get()).isLessThanOrEqualTo(2);
    assertThat(longLine.length()).isZero();
  }

  private int permits() {
    return bulkhead.getMetrics().getAvailableConcurrentCalls();
  }
}
