package dev.holdfast.fill;

import static dev.holdfast.fill.Arriving.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.Body;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.testing.Bytes;
import dev.holdfast.testing.NoLeaks;
import dev.holdfast.testing.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One that brings a body and several that read it, all on threads of their own. */
@ExtendWith(NoLeaks.class)
class ContentStressTest {

  private static final int READERS = 4;
  private static final int BODY_BYTES = 3 * 1024 * KIB;
  private static final int ROUNDS = 8;

  private final List<ExecutorService> loops = new ArrayList<>();

  ContentStressTest() {
    for (int i = 0; i < READERS; i++) {
      loops.add(Executors.newSingleThreadExecutor());
    }
  }

  @AfterEach
  void stopLoops() {
    loops.forEach(ExecutorService::shutdownNow);
  }

  @ParameterizedTest
  @CsvSource({"STORED, false", "LEFT, false", "STORED, true", "PASSED, false", "TOO_LARGE, false"})
  void readers_getEveryByteInOrderOrAnAbort(Kind kind, boolean failing) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      run(kind, failing, new Random(round));
    }
  }

  private enum Kind {
    STORED,
    /** Stored, and half of the readers leave on the way. */
    LEFT,
    PASSED,
    TOO_LARGE;

    boolean isStored() {
      return this == STORED || this == LEFT;
    }
  }

  private void run(Kind kind, boolean failing, Random random) throws Exception {
    BodyMemory memory = new BodyMemory(16L * 1024 * KIB);
    long maxStored = kind.isStored() ? BODY_BYTES : 64L * KIB;
    Arriving arriving = new Arriving(memory, maxStored);
    List<Caller> callers = new ArrayList<>();
    List<Together.Task> tasks = new ArrayList<>();
    for (ExecutorService loop : loops) {
      Caller caller = new Caller(arriving, loop, random.nextInt());
      caller.leavesAfter = kind == Kind.LEFT && callers.size() % 2 == 1 ? random.nextInt(50) : -1;
      callers.add(caller);
      tasks.add(caller::subscribe);
    }
    arriving.content.begin(kind != Kind.PASSED, failing ? -1 : BODY_BYTES);
    Random pieces = new Random(random.nextInt());
    @Nullable Body[] body = new @Nullable Body[1];
    tasks.add(() -> body[0] = bring(arriving, kind, failing, pieces));
    Together.run(tasks);
    for (Caller caller : callers) {
      caller.awaitEnd();
    }

    check(callers, kind, failing);
    arriving.leaveAll();
    if (body[0] != null) {
      assertThat(memory.usedBytes()).isEqualTo(BODY_BYTES);
      assertThat(Bytes.areFromStart(Arriving.take(body[0]))).isTrue();
    }
    assertThat(memory.inFlightBytes()).isZero();
    assertThat(memory.usedBytes()).isZero();
  }

  private static @Nullable Body bring(
      Arriving arriving, Kind kind, boolean failing, Random random) {
    while (arriving.sent() < BODY_BYTES) {
      int length = 1 + random.nextInt(random.nextBoolean() ? 100 : 100 * KIB);
      arriving.piece(Math.min(length, BODY_BYTES - arriving.sent()));
      arriving.content.room().block();
      if (failing && arriving.sent() > BODY_BYTES / 2) {
        arriving.fail("reset");
        return null;
      }
    }
    Body body = kind.isStored() ? arriving.content.toBody() : null;
    arriving.end();
    return body;
  }

  private static void check(List<Caller> callers, Kind kind, boolean failing) {
    for (Caller caller : callers) {
      int length = caller.reading.length(); // checks every byte
      if (caller.leavesAfter >= 0) {
        continue;
      }
      if (failing) {
        assertThat(caller.reading.isAborted()).isTrue();
        assertThat(caller.reading.isTooSlow()).isFalse();
      } else if (caller.reading.isTooSlow()) {
        assertThat(kind.isStored()).isFalse();
      } else {
        assertThat(caller.reading.isWhole()).isTrue();
        assertThat(length).isEqualTo(BODY_BYTES);
      }
    }
    if (!failing) {
      assertThat(callers).as("the fastest").anyMatch(caller -> caller.reading.isWhole());
    }
  }

  /** Asks for a few pieces, and again when it has got them. */
  private static final class Caller {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Random random;
    private final BodyReader reader;
    private final ExecutorService loop;
    private final Reading reading;
    private final Arriving arriving;
    private int leavesAfter = -1;
    private int outstanding;

    Caller(Arriving arriving, ExecutorService loop, int seed) {
      this.random = new Random(seed);
      this.loop = loop;
      this.arriving = arriving;
      this.reader = arriving.attach(loop);
      this.reading = Reading.asking(0).onPiece(this::next);
    }

    void subscribe() {
      reader.doOnTerminate(ended::countDown).doOnCancel(ended::countDown).subscribe(reading);
      loop.execute(() -> next(reading));
    }

    private void next(Reading got) {
      if (leavesAfter >= 0 && got.pieces() >= leavesAfter) {
        got.cancel();
        arriving.content.leave(reader);
        return;
      }
      if (outstanding-- == 0) {
        outstanding = random.nextInt(5);
        got.request(outstanding + 1L);
      }
    }

    void awaitEnd() throws InterruptedException {
      assertThat(ended.await(60, TimeUnit.SECONDS)).as("the reader is told an end").isTrue();
      // the signal itself follows the latch on the reader's own loop
      try {
        loop.submit(() -> {}).get(60, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new AssertionError(e);
      }
    }
  }
}
