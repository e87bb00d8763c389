package dev.holdfast.fill;

import static dev.holdfast.fill.Arriving.KIB;
import static dev.holdfast.fill.Content.MAX_SEGMENT_BYTES;
import static dev.holdfast.fill.Content.WINDOW_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.BodyMemory;
import dev.holdfast.testing.ManualExecutor;
import dev.holdfast.testing.NoLeaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.test.StepVerifier;

/** Who sets the pace of a body that is not stored, what is let go of, and who is cut off. */
@ExtendWith(NoLeaks.class)
class ContentPaceTest {

  private static final long MEMORY_BYTES = 1 << 20;
  private static final int MAX_STORED_BYTES = 64 * KIB;
  private static final int TOLERATED = MAX_STORED_BYTES + 2 * WINDOW_BYTES;

  private final BodyMemory memory = new BodyMemory(MEMORY_BYTES);
  private final Arriving arriving = new Arriving(memory, MAX_STORED_BYTES);

  @AfterEach
  void nothingIsLeft() {
    arriving.end();
    arriving.leaveAll();
    assertThat(memory.inFlightBytes()).isZero();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void bodyThatIsStored_hasAlwaysRoom() {
    Arriving stored = new Arriving().storable();
    stored.attach(Reading.asking(0));
    stored.piece(900 * KIB);

    assertThat(stored.hasRoom()).isTrue();
    stored.end();
    stored.leaveAll();
  }

  @Test
  void roomEnds_aWindowAheadOfTheFastestReader_andComesBackWhenItReadsOn() {
    arriving.attach(Reading.asking(0));
    Reading fastest = arriving.attach(Reading.asking(0));
    arriving.passed();
    arriving.piece(WINDOW_BYTES - 1);
    assertThat(arriving.hasRoom()).isTrue();
    arriving.piece(1);
    assertThat(arriving.hasRoom()).isFalse();

    StepVerifier.create(arriving.content.room())
        .expectSubscription()
        .then(() -> fastest.request(1))
        .verifyComplete();
    assertThat(arriving.hasRoom()).isTrue();
  }

  @Test
  void lastPieceThatIsHeldBack_doesNotTakeTheRoomThatItsEndNeeds() {
    Reading reading = arriving.attach(Reading.everything());
    arriving.content.begin(false, 2 * WINDOW_BYTES);
    arriving.piece(2 * WINDOW_BYTES);
    assertThat(reading.length()).isZero();

    assertThat(arriving.hasRoom()).isTrue();
  }

  @Test
  void severalThatWaitForRoom_areAllToldAtOnce() {
    Reading reading = arriving.attach(Reading.asking(0));
    arriving.passed();
    arriving.piece(2 * WINDOW_BYTES);
    var first = arriving.content.room().toFuture();
    var second = arriving.content.room().toFuture();
    assertThat(first).isNotDone();

    reading.request(Long.MAX_VALUE);

    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
  }

  @Test
  void fastestReaderThatLeaves_handsThePaceToTheNext() {
    Reading next = arriving.attach(Reading.asking(0));
    arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(WINDOW_BYTES);
    assertThat(arriving.hasRoom()).isTrue();

    arriving.leave(1);

    assertThat(arriving.hasRoom()).isFalse();
    next.request(Long.MAX_VALUE);
    assertThat(arriving.hasRoom()).isTrue();
  }

  @Test
  void whatIsOnItsWayToTheFastestReader_takesItsRoom_untilItsConnectionIsDoneWithIt() {
    Reading stuck = arriving.attach(Reading.everything().keeping());
    arriving.passed();
    arriving.piece(WINDOW_BYTES);
    assertThat(stuck.length()).isEqualTo(WINDOW_BYTES);
    var room = arriving.content.room().toFuture();
    assertThat(room).isNotDone();

    stuck.letGo();

    assertThat(room).isCompleted();
  }

  @Test
  void whatIsOnItsWayToOneReader_takesNoRoomFromAFasterOne() {
    Reading stuck = arriving.attach(Reading.everything().keeping());
    arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(WINDOW_BYTES);

    assertThat(arriving.hasRoom()).isTrue();
    stuck.letGo();
  }

  @Test
  void whatIsOnItsWayToAReaderThatLeft_makesNoRoomForTheOthers() {
    Reading left = arriving.attach(Reading.everything().keeping());
    arriving.attach(Reading.asking(0));
    arriving.passed();
    arriving.piece(WINDOW_BYTES);
    arriving.leave(0);

    left.letGo();

    assertThat(arriving.hasRoom()).isFalse();
  }

  @Test
  void readerWhoseConnectionIsTooFarBehind_isCutOff_thoughItTookAll() {
    Reading stuck = arriving.attach(Reading.everything().keeping());
    arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(TOLERATED);
    assertThat(arriving.hasRoom()).isTrue();
    assertThat(stuck.isAborted()).isFalse();

    arriving.piece(1);
    assertThat(arriving.hasRoom()).isTrue();

    assertThat(stuck.isTooSlow()).isTrue();
    stuck.letGo();
  }

  @Test
  void withoutMemory_eachPieceGoesAlone() {
    long taken = takeAllMemory();
    Reading stuck = arriving.attach(Reading.everything().keeping());
    arriving.passed();
    arriving.piece(8 * KIB);
    var room = arriving.content.room().toFuture();
    assertThat(stuck.length()).isEqualTo(8 * KIB);
    assertThat(room).isNotDone();

    stuck.letGo();
    assertThat(room).isCompleted();
    assertThat(memory.usedBytes()).isLessThanOrEqualTo(8 * KIB);
    memory.giveBack(taken);
  }

  @Test
  void withoutMemory_readerMoreThanAWindowBehind_isCutOff() {
    long taken = takeAllMemory();
    Reading slow = arriving.attach(Reading.asking(0));
    Reading fast = arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(WINDOW_BYTES);
    assertThat(arriving.hasRoom()).isTrue();
    assertThat(slow.isAborted()).isFalse();

    arriving.piece(1);
    assertThat(arriving.hasRoom()).isTrue();

    assertThat(slow.isTooSlow()).isTrue();
    assertThat(memory.usedBytes()).isLessThanOrEqualTo(1);
    assertThat(fast.length()).isEqualTo(WINDOW_BYTES + 1);
    memory.giveBack(taken);
  }

  @Test
  void memoryIsRefusedOnTheWay_onlyReaderIsNotCutOff_howeverFarTheOriginIsAhead() {
    Reading only = arriving.storable().attach(Reading.asking(0));
    arriving.piece(MAX_STORED_BYTES);
    arriving.piece(WINDOW_BYTES + MAX_SEGMENT_BYTES);
    long taken = takeAllMemory();
    arriving.piece(MAX_SEGMENT_BYTES);

    assertThat(arriving.hasRoom()).isFalse();

    memory.giveBack(taken);
    only.request(Long.MAX_VALUE);
    arriving.end();
    assertThat(only.isWhole()).isTrue();
    assertThat(only.length()).isEqualTo(arriving.sent());
  }

  @Test
  void bytesThatAllHaveRead_areLetGoOf() {
    Reading slow = arriving.attach(Reading.asking(0));
    arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(4 * MAX_SEGMENT_BYTES);
    assertThat(memory.usedBytes()).isEqualTo(4 * MAX_SEGMENT_BYTES);
    assertThat(memory.inFlightBytes()).isEqualTo(4 * MAX_SEGMENT_BYTES);

    slow.request(1);
    assertThat(arriving.hasRoom()).isTrue();
    assertThat(memory.usedBytes()).isEqualTo(3 * MAX_SEGMENT_BYTES);
    assertThat(memory.inFlightBytes()).isEqualTo(3 * MAX_SEGMENT_BYTES);

    slow.request(1);
    assertThat(arriving.hasRoom()).isTrue();
    assertThat(memory.usedBytes()).isEqualTo(2 * MAX_SEGMENT_BYTES);
    arriving.leave(0);
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void bodyThatIsStored_isKeptWhole_untilItIsTooLarge() {
    arriving.storable();
    arriving.attach(Reading.everything());
    arriving.piece(60 * KIB);
    assertThat(memory.inFlightBytes()).isGreaterThanOrEqualTo(60 * KIB);

    arriving.piece(200 * KIB);
    assertThat(arriving.hasRoom()).isTrue();
    arriving.piece(MAX_SEGMENT_BYTES);
    assertThat(arriving.hasRoom()).isTrue();

    assertThat(memory.usedBytes()).isLessThanOrEqualTo(2 * MAX_SEGMENT_BYTES);
    assertThat(memory.inFlightBytes())
        .as("given back with the bytes")
        .isEqualTo(memory.usedBytes());
  }

  @Test
  void longBody_passesInAWindow() {
    Reading reading = arriving.attach(Reading.everything());
    arriving.passed();
    for (int i = 0; i < 100; i++) {
      arriving.piece(50 * KIB);
      assertThat(arriving.hasRoom()).isTrue();
      assertThat(memory.usedBytes()).isLessThanOrEqualTo(WINDOW_BYTES + MAX_SEGMENT_BYTES);
    }
    arriving.end();
    assertThat(reading.length()).isEqualTo(5_000 * KIB);
    assertThat(reading.isWhole()).isTrue();
  }

  @Test
  void readerTooFarBehind_isCutOff_andOneJustSoFarIsNot() {
    Reading slow = arriving.attach(Reading.asking(0));
    Reading fast = arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(TOLERATED);
    assertThat(arriving.hasRoom()).isTrue();
    assertThat(slow.isAborted()).isFalse();

    arriving.piece(1);
    assertThat(arriving.hasRoom()).isTrue();

    assertThat(slow.isTooSlow()).as("told at once, whatever it asked for").isTrue();
    assertThat(slow.length()).isZero();
    assertThat(memory.usedBytes()).isLessThanOrEqualTo(2 * MAX_SEGMENT_BYTES);
    arriving.end();
    assertThat(fast.length()).isEqualTo(TOLERATED + 1);
    assertThat(fast.isWhole()).isTrue();
  }

  @Test
  void readersCutOffWhileNobodyReads_areToldWhenTheOriginIsToSendMore() {
    Reading one = arriving.attach(Reading.asking(0));
    Reading other = arriving.attach(Reading.asking(0));
    arriving.passed();
    arriving.piece(TOLERATED + 1);
    assertThat(one.isAborted()).isFalse();

    assertThat(arriving.hasRoom()).isFalse();

    assertThat(one.isTooSlow()).isTrue();
    assertThat(other.isTooSlow()).isTrue();
  }

  @Test
  void readerCutOff_isNobodyToGoOnFor_howeverLongItsConnectionTakes() {
    arriving.attach(Reading.asking(0));
    arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(TOLERATED + 1);
    assertThat(arriving.hasRoom()).isTrue();
    assertThat(arriving.content.readerCount()).isEqualTo(1);

    arriving.leave(1);

    assertThat(arriving.content.closeIfUnread(false)).isTrue();
  }

  @Test
  void readerCutOff_isToldOnItsOwnExecutor() {
    ManualExecutor loop = new ManualExecutor();
    Reading slow = Reading.asking(0);
    arriving.attach(loop).subscribe(slow);
    arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(TOLERATED + 1);
    loop.runAll();
    assertThat(slow.isAborted()).isFalse();

    assertThat(arriving.hasRoom()).isTrue();

    assertThat(slow.isAborted()).isFalse();
    assertThat(loop.pending()).isEqualTo(1);
    loop.runAll();
    assertThat(slow.isTooSlow()).isTrue();
  }

  @Test
  void readerCutOffHasAPieceOnItsWay_othersReadOnInTheirWindow_andThePieceCounts() {
    Reading stuck = arriving.attach(Reading.asking(1).keeping());
    Reading fast = arriving.attach(Reading.everything());
    arriving.passed();
    for (int i = 0; i < 100; i++) {
      arriving.piece(50 * KIB);
      assertThat(arriving.hasRoom()).isTrue();
    }
    assertThat(stuck.isTooSlow()).isTrue();
    assertThat(memory.usedBytes()).isLessThanOrEqualTo(WINDOW_BYTES + 2 * MAX_SEGMENT_BYTES);

    arriving.end();
    arriving.leaveAll();

    assertThat(fast.isWhole()).isTrue();
    assertThat(memory.usedBytes()).as("of the one piece").isBetween(1L, (long) MAX_SEGMENT_BYTES);
    assertThat(memory.inFlightBytes()).isEqualTo(memory.usedBytes());
    stuck.letGo();
  }

  @Test
  void readerOfABodyThatIsStored_isNeverCutOff() {
    Arriving stored = new Arriving().storable();
    Reading slow = stored.attach(Reading.asking(0));
    stored.attach(Reading.everything());
    stored.piece(1000 * KIB);
    assertThat(stored.hasRoom()).isTrue();

    slow.request(Long.MAX_VALUE);

    assertThat(slow.length()).isEqualTo(1000 * KIB);
    stored.end();
    assertThat(slow.isWhole()).isTrue();
    stored.leaveAll();
  }

  @Test
  void slowReader_mayFinishAfterTheEnd() {
    Reading slow = arriving.attach(Reading.asking(0));
    arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(TOLERATED);
    arriving.end();
    arriving.leave(1);

    slow.request(Long.MAX_VALUE);

    assertThat(slow.length()).isEqualTo(TOLERATED);
    assertThat(slow.isWhole()).isTrue();
  }

  /** Leaves nothing that could be granted; says how much is to be given back. */
  private long takeAllMemory() {
    long rest = MEMORY_BYTES - memory.inFlightBytes();
    assertThat(memory.tryReserve(rest)).isTrue();
    return rest;
  }
}
