package dev.holdfast.fill;

import static dev.holdfast.fill.Arriving.KIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.Selecting;
import dev.holdfast.store.Body;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.store.Entry;
import dev.holdfast.store.FailingMemory;
import dev.holdfast.store.Scope;
import dev.holdfast.store.Store;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.NoLeaks;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 6: each byte of a body is counted once, by the fill or by the store, as long as it is there.
 *
 * <p>Entries weigh nothing here but their bytes, so that the two accounts together must be what the
 * allocator says.
 */
@ExtendWith(NoLeaks.class)
class ContentAccountTest {

  private static final int MAX_STORED_BYTES = 300 * KIB;
  private static final CacheKey KEY = new CacheKey("catalog", "/a");

  private boolean outOfMemory;
  private int largestBuffer = Integer.MAX_VALUE;
  private final BodyMemory memory =
      FailingMemory.create(1024 * KIB, bytes -> outOfMemory || bytes > largestBuffer);
  private final Store store = new Store(2048 * KIB, new FakeTicker());
  private final Arriving arriving = new Arriving(memory, MAX_STORED_BYTES);

  @AfterEach
  void nothingIsLeft() {
    arriving.leaveAll();
    store.close();
    assertThat(memory.inFlightBytes()).isZero();
    assertThat(store.usedBytes()).isZero();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void storedBody_isTheStoresToCount_howeverSlowItsReaders() {
    arriving.storable();
    Reading slow = arriving.attach(Reading.asking(0));
    arriving.piece(100 * KIB);
    assertCounted(100 * KIB, 0);

    write();
    arriving.end();
    assertCounted(0, 100 * KIB);

    slow.request(Long.MAX_VALUE);
    assertThat(slow.length()).isEqualTo(100 * KIB);
    assertThat(slow.isWhole()).isTrue();
    arriving.leaveAll();
    assertCounted(0, 100 * KIB);
  }

  @Test
  void storedBodyEvictedWhileTheFillsOwnReadersReadIt_countsUntilTheyAreDone() {
    arriving.storable();
    Reading slow = arriving.attach(Reading.asking(0));
    arriving.piece(100 * KIB);
    write();
    arriving.end();

    store.close();
    assertCounted(0, 100 * KIB);

    slow.request(Long.MAX_VALUE);
    assertThat(slow.length()).isEqualTo(100 * KIB);
    arriving.leaveAll();
    assertCounted(0, 0);
  }

  @Test
  void bodyStoredWithinAnother_isTheStoresToCount_withAllOfThat() {
    arriving.storable();
    Reading slow = arriving.attach(Reading.asking(0));
    arriving.piece(100 * KIB);
    Body own = arriving.content.toBody();
    Body both = own.within(own, 0, 0);
    own.release();
    arriving.content.keptIn(both);

    store.write(entry(both, store.begin()));
    arriving.content.stored();
    arriving.end();
    assertCounted(0, 100 * KIB);
    store.close();
    assertCounted(0, 100 * KIB);

    slow.request(Long.MAX_VALUE);
    arriving.leaveAll();
    assertCounted(0, 0);
  }

  @Test
  void bodyEvictedBeforeItIsHandedOver_staysTheFillsToCount() {
    arriving.storable();
    arriving.attach(Reading.asking(0));
    arriving.piece(100 * KIB);
    store.write(entry(arriving.content.toBody(), store.begin()));
    store.close();

    arriving.content.stored();
    arriving.end();

    assertCounted(100 * KIB, 0);
  }

  @Test
  void supersededBody_staysTheFillsToCount_untilItsReadersAreDone() {
    long began = store.begin();
    arriving.storable();
    Reading slow = arriving.attach(Reading.asking(0));
    arriving.piece(100 * KIB);
    store.begin();
    store.invalidate(KEY.cache(), new Scope.Target(KEY.target()));

    Body body = arriving.content.toBody();
    assertThat(store.write(entry(body, began))).isEqualTo(Store.Written.SUPERSEDED);
    arriving.end();

    assertThat(body.refCnt()).isZero();
    assertCounted(100 * KIB, 0);
    slow.request(Long.MAX_VALUE);
    assertThat(slow.length()).isEqualTo(100 * KIB);
    arriving.leaveAll();
    assertCounted(0, 0);
  }

  @Test
  void handedOverTwice_isGivenBackOnce() {
    arriving.storable();
    arriving.piece(100 * KIB);
    write();

    arriving.content.stored();
    assertCounted(0, 100 * KIB);
    arriving.end();
    assertCounted(0, 100 * KIB);
  }

  @Test
  void handedOverAfterTheEnd_isRefused() {
    arriving.storable();
    arriving.piece(100 * KIB);
    store.write(entry(arriving.content.toBody(), store.begin()));
    arriving.end();

    assertThatThrownBy(arriving.content::stored).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bodyThatFails_isGivenBackWhenItsReadersAreDone() {
    arriving.storable();
    arriving.attach(Reading.asking(0));
    arriving.piece(100 * KIB);

    arriving.fail("reset");
    assertCounted(100 * KIB, 0);

    arriving.leaveAll();
    assertCounted(0, 0);
  }

  @Test
  void passedBody_isReservedWhereThatIsGranted() {
    arriving.attach(Reading.asking(0));
    arriving.passed();
    arriving.piece(100 * KIB);

    assertThat(memory.inFlightBytes()).isEqualTo(memory.usedBytes()).isPositive();
    assertThat(arriving.hasRoom()).as("a window of it").isTrue();
    arriving.end();
  }

  @Test
  void passedBodyWithoutReservation_goesPieceByPiece() {
    long all = 1024 * KIB;
    assertThat(memory.tryReserve(all)).isTrue();
    Reading reading = arriving.attach(Reading.asking(0));
    arriving.passed();

    for (int i = 0; i < 20; i++) {
      arriving.piece(20 * KIB);
      assertThat(memory.usedBytes()).as("no more than a piece").isLessThanOrEqualTo(40 * KIB);
      assertThat(arriving.hasRoom()).isFalse();
      reading.request(1);
      assertThat(arriving.hasRoom()).isTrue();
    }

    memory.giveBack(all);
    arriving.piece(20 * KIB);
    assertThat(arriving.hasRoom()).as("granted again").isTrue();
    arriving.end();
    reading.request(Long.MAX_VALUE);
    assertThat(reading.length()).isEqualTo(420 * KIB);
  }

  @Test
  void passedBytesThatAReaderStillSends_count() {
    List<ByteBuf> sending = new ArrayList<>();
    arriving.attach().subscribe(sending::add);
    arriving.passed();
    for (int i = 0; i < 5; i++) {
      arriving.piece(Content.MAX_SEGMENT_BYTES);
    }
    assertThat(sending).hasSize(5);
    assertThat(arriving.hasRoom()).isFalse();
    assertThat(memory.usedBytes()).isEqualTo(5 * Content.MAX_SEGMENT_BYTES);
    assertThat(memory.inFlightBytes()).isEqualTo(memory.usedBytes());

    sending.forEach(ByteBuf::release);
    assertThat(arriving.hasRoom()).isTrue();
    assertThat(memory.usedBytes()).isZero();
    assertThat(memory.inFlightBytes()).isZero();
    arriving.end();
  }

  @Test
  void bufferNotToBeHad_bodyIsNotStoredAndStreamsOn() {
    largestBuffer = 30 * KIB;
    arriving.storable();
    Reading reading = arriving.attach(Reading.everything());
    assertThat(arriving.piece(20 * KIB)).isNull();
    assertThat(arriving.piece(20 * KIB)).isNull();

    assertThat(arriving.piece(10 * KIB)).isEqualTo(NotStorable.IN_FLIGHT_MEMORY);
    assertThat(arriving.piece(10 * KIB)).isNull();
    arriving.end();

    assertThat(reading.length()).isEqualTo(60 * KIB);
    assertThat(reading.isWhole()).isTrue();
  }

  @Test
  void pieceNotToBeHeldAtAll_isRefused_andSoIsWhateverFollows() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.everything());
    arriving.piece(3 * KIB);
    outOfMemory = true;

    assertThatThrownBy(() -> arriving.piece(3 * KIB)).isInstanceOf(Content.NoMemory.class);
    outOfMemory = false;
    assertThatThrownBy(() -> arriving.piece(3 * KIB)).isInstanceOf(Content.NoMemory.class);
    arriving.fail("no memory");

    assertThat(reading.length()).isEqualTo(3 * KIB);
    assertThat(reading.isAborted()).isTrue();
  }

  @Test
  void noMemoryForTheExactCopy_bodyKeepsItsRoomAndCountsIt() {
    arriving.storable();
    arriving.piece(KIB);
    outOfMemory = true;

    write();
    arriving.end();

    assertCounted(0, Content.MIN_SEGMENT_BYTES);
  }

  /** Hundreds of lives of bodies, in which anything happens in any order. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whateverHappens_everyByteIsCountedOnce(int seed) {
    Random random = new Random(seed);
    List<Body> hits = new ArrayList<>();
    for (int life = 0; life < 200; life++) {
      live(random, hits);
    }
    hits.forEach(Body::release);
  }

  private void live(Random random, List<Body> hits) {
    Arriving one = new Arriving(memory, MAX_STORED_BYTES);
    one.storable(random.nextBoolean() ? -1 : 200 * KIB);
    long began = store.begin();
    List<Reading> readings = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      readings.add(one.attach(Reading.asking(random.nextInt(3))));
    }
    boolean fails = random.nextInt(5) == 0;
    while (one.sent() < 200 * KIB) {
      one.piece(Math.min(1 + random.nextInt(60 * KIB), 200 * KIB - one.sent()));
      readings.get(random.nextInt(readings.size())).request(1);
      assertEveryByteIsCounted();
      if (fails && random.nextInt(4) == 0) {
        one.fail("reset");
        break;
      }
    }
    if (!fails) {
      finish(one, began, random, hits);
    }
    one.end();
    assertEveryByteIsCounted();
    readings.forEach(reading -> reading.request(random.nextInt(3)));
    one.leaveAll();
    assertEveryByteIsCounted();
  }

  private void finish(Arriving one, long began, Random random, List<Body> hits) {
    if (random.nextInt(4) == 0) {
      store.invalidate(KEY.cache(), new Scope.Target(KEY.target()));
    }
    Body body = one.content.toBody();
    if (random.nextInt(3) == 0 && body.tryRetain()) {
      hits.add(body);
    }
    if (store.write(entry(body, began)) == Store.Written.STORED) {
      if (random.nextInt(4) == 0) {
        store.invalidate(KEY.cache(), new Scope.Target(KEY.target()));
      }
      one.content.stored();
    } else if (!hits.isEmpty() && hits.get(hits.size() - 1) == body) {
      hits.remove(body); // nobody can read what never was stored
      body.release();
    }
    while (hits.size() > random.nextInt(4)) {
      hits.remove(0).release();
    }
  }

  private void assertEveryByteIsCounted() {
    assertThat(memory.inFlightBytes() + store.usedBytes()).isEqualTo(memory.usedBytes());
    assertThat(store.usedBytes()).isLessThanOrEqualTo(store.maxBytes());
  }

  private void assertCounted(long byFills, long byStore) {
    assertThat(memory.inFlightBytes()).isEqualTo(byFills);
    assertThat(store.usedBytes()).isEqualTo(byStore);
    assertThat(memory.usedBytes()).isEqualTo(byFills + byStore);
  }

  private void write() {
    Body body = arriving.content.toBody();
    assertThat(store.write(entry(body, store.begin()))).isEqualTo(Store.Written.STORED);
    arriving.content.stored();
  }

  private static Entry entry(Body body, long began) {
    return new Entry(
        KEY,
        Selecting.ALWAYS,
        body,
        new Entry.State("one", Set.of(), began, Duration.ofHours(1), 0));
  }
}
