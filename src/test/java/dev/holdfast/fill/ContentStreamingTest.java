package dev.holdfast.fill;

import static dev.holdfast.fill.Arriving.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.NoLeaks;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What readers see of a body while it arrives, and when. */
@ExtendWith(NoLeaks.class)
class ContentStreamingTest {

  private final Arriving arriving = new Arriving();

  @AfterEach
  void nothingIsLeft() {
    arriving.fail("the test is over");
    arriving.leaveAll();
    assertThat(arriving.memory.inFlightBytes()).isZero();
    assertThat(arriving.memory.usedBytes()).isZero();
  }

  @Test
  void lateReader_getsTheBytesSoFarAndFollows() {
    arriving.storable();
    Reading first = arriving.attach(Reading.everything());
    arriving.piece(10 * KIB);
    arriving.piece(7);

    Reading late = arriving.attach(Reading.everything());

    assertThat(late.length()).isEqualTo(10 * KIB + 7);
    arriving.piece(300 * KIB);
    arriving.end();
    assertThat(late.length()).isEqualTo(310 * KIB + 7);
    assertThat(late.isWhole()).isTrue();
    assertThat(first.length()).isEqualTo(310 * KIB + 7);
    assertThat(first.isWhole()).isTrue();
  }

  @Test
  void readerAttachedAfterTheEnd_getsTheWhole_whileSomebodyStillReads() {
    arriving.storable();
    arriving.attach(Reading.asking(0));
    arriving.piece(10 * KIB);
    arriving.end();

    Reading late = arriving.attach(Reading.everything());

    assertThat(late.length()).isEqualTo(10 * KIB);
    assertThat(late.isWhole()).isTrue();
  }

  @Test
  void knownLength_lastPieceWaitsForTheEnd() {
    arriving.storable(12 * KIB);
    Reading reading = arriving.attach(Reading.everything());
    arriving.piece(5 * KIB);
    assertThat(reading.length()).isEqualTo(5 * KIB);

    arriving.piece(7 * KIB);
    assertThat(reading.length()).isEqualTo(5 * KIB);
    Reading late = arriving.attach(Reading.everything());
    assertThat(late.length()).isEqualTo(5 * KIB);
    assertThat(late.isWhole()).isFalse();

    arriving.end();
    assertThat(reading.length()).isEqualTo(12 * KIB);
    assertThat(reading.isWhole()).isTrue();
    assertThat(late.length()).isEqualTo(12 * KIB);
    assertThat(late.isWhole()).isTrue();
  }

  @Test
  void knownLength_pieceWithoutBytesDoesNotGiveTheLastOneAway() {
    arriving.storable(KIB);
    Reading reading = arriving.attach(Reading.everything());
    arriving.piece(KIB);

    arriving.piece(0);

    assertThat(reading.length()).isZero();
    arriving.end();
    assertThat(reading.length()).isEqualTo(KIB);
  }

  @Test
  void knownLength_notStored_lastPieceWaitsForTheEndAsWell() {
    Reading reading = arriving.attach(Reading.everything());
    arriving.content.begin(false, 2 * KIB);
    arriving.piece(KIB);
    assertThat(reading.length()).isEqualTo(KIB);

    arriving.piece(KIB);
    assertThat(reading.length()).isEqualTo(KIB);

    arriving.end();
    assertThat(reading.length()).isEqualTo(2 * KIB);
    assertThat(reading.isWhole()).isTrue();
  }

  @Test
  void unknownLength_piecesPassAtOnce_completionWaitsForTheEnd() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.everything());
    arriving.piece(100);

    assertThat(reading.length()).isEqualTo(100);
    assertThat(reading.isWhole()).isFalse();
    arriving.end();
    assertThat(reading.length()).isEqualTo(100);
    assertThat(reading.isWhole()).isTrue();
  }

  @Test
  void readerThatAsksForNothing_doesNotHoldOthersBack() {
    arriving.storable();
    Reading slow = arriving.attach(Reading.asking(0));
    Reading fast = arriving.attach(Reading.everything());

    arriving.piece(500 * KIB);
    assertThat(arriving.hasRoom()).isTrue();
    arriving.end();

    assertThat(fast.length()).isEqualTo(500 * KIB);
    assertThat(fast.isWhole()).isTrue();
    assertThat(slow.length()).isZero();
    slow.request(Long.MAX_VALUE);
    assertThat(slow.length()).isEqualTo(500 * KIB);
    assertThat(slow.isWhole()).isTrue();
  }

  @Test
  void demand_isHonouredPieceByPiece() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.asking(2));
    for (int i = 0; i < 5; i++) {
      arriving.piece(10 * KIB);
    }
    assertThat(reading.pieces()).isEqualTo(2);

    reading.request(1);
    assertThat(reading.pieces()).isEqualTo(3);
    arriving.end();
    assertThat(reading.pieces()).isEqualTo(3);
    assertThat(reading.isWhole()).isFalse();

    reading.request(100);
    assertThat(reading.length()).isEqualTo(50 * KIB);
    assertThat(reading.isWhole()).isTrue();
  }

  @Test
  void end_needsNoDemandOnceAllIsRead() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.asking(1));
    arriving.piece(KIB);
    assertThat(reading.length()).isEqualTo(KIB);

    arriving.end();

    assertThat(reading.isWhole()).isTrue();
  }

  @Test
  void emptyBody_completesWithoutDemand_andNotBeforeTheEnd() {
    arriving.storable(0);
    Reading reading = arriving.attach(Reading.asking(0));
    assertThat(reading.isWhole()).isFalse();

    arriving.end();

    assertThat(reading.isWhole()).isTrue();
    assertThat(reading.length()).isZero();
  }

  @Test
  void failure_comesAfterTheBytesSoFar() {
    arriving.storable(100 * KIB);
    Reading fast = arriving.attach(Reading.everything());
    Reading slow = arriving.attach(Reading.asking(0));
    arriving.piece(10 * KIB);

    arriving.fail("reset by the origin");

    assertThat(fast.length()).isEqualTo(10 * KIB);
    assertThat(fast.isAborted()).isTrue();
    assertThat(fast.isTooSlow()).isFalse();
    assertThat(fast.failure()).hasMessage("reset by the origin");
    assertThat(slow.isAborted()).isFalse();
    slow.request(Long.MAX_VALUE);
    assertThat(slow.length()).isEqualTo(10 * KIB);
    assertThat(slow.isAborted()).isTrue();
  }

  @Test
  void failureAfterTheLastByte_doesNotGiveTheLastPieceAway() {
    arriving.storable(12 * KIB);
    Reading reading = arriving.attach(Reading.everything());
    Reading idle = arriving.attach(Reading.asking(1));
    arriving.piece(5 * KIB);
    arriving.piece(7 * KIB);

    arriving.fail("took too long");

    assertThat(reading.length()).as("never the whole of what failed").isEqualTo(5 * KIB);
    assertThat(reading.isAborted()).isTrue();
    assertThat(idle.isAborted()).as("without further demand").isTrue();
  }

  @Test
  void pieceAfterTheEnd_isNotTaken() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.everything());
    arriving.piece(KIB);
    arriving.fail("given up");

    assertThat(arriving.piece(8 * KIB)).isNull();
    assertThat(reading.length()).isEqualTo(KIB);
    arriving.leaveAll();
    assertThat(arriving.memory.usedBytes()).isZero();

    assertThat(arriving.piece(8 * KIB)).isNull();
    assertThat(arriving.content.received()).isEqualTo(KIB);
  }

  @Test
  void body_canBeJoinedUntilItIsLetGoOf() {
    arriving.storable();
    assertThat(arriving.canBeJoined()).isTrue();
    arriving.attach(Reading.everything());
    arriving.piece(KIB);
    arriving.end();
    assertThat(arriving.canBeJoined()).isTrue();

    arriving.leaveAll();

    assertThat(arriving.canBeJoined()).isFalse();
  }

  @Test
  void bodyThatIsNotStored_cannotBeJoined() {
    assertThat(arriving.canBeJoined()).isTrue();
    arriving.passed();

    assertThat(arriving.canBeJoined()).isFalse();
  }

  @Test
  void readersAreCounted() {
    assertThat(arriving.content.hasBegun()).isFalse();
    arriving.storable();
    arriving.attach(Reading.everything());
    arriving.attach(Reading.everything());
    assertThat(arriving.content.readerCount()).isEqualTo(2);
    assertThat(arriving.content.hasBegun()).isTrue();

    arriving.leave(0);
    arriving.leave(0);

    assertThat(arriving.content.readerCount()).isEqualTo(1);
  }

  @Test
  void piece_isCopied() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.asking(0));
    byte[] bytes = {0, 1, 2};
    arriving.content.append(Unpooled.wrappedBuffer(bytes));
    bytes[0] = 42;

    reading.request(1);
    assertThat(reading.bytes()).containsExactly(0, 1, 2);
  }
}
