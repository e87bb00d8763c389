package dev.holdfast.fill;

import static dev.holdfast.fill.Arriving.KIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.http.NotStorable;
import dev.holdfast.store.Body;
import dev.holdfast.store.BodyMemory;
import dev.holdfast.testing.Bytes;
import dev.holdfast.testing.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body takes of the memory, when it stops being stored, and that all is given back. */
@ExtendWith(NoLeaks.class)
class ContentLimitsTest {

  private static final int MAX_STORED_BYTES = 100 * KIB;

  private final BodyMemory memory = new BodyMemory(1024 * KIB);
  private final Arriving arriving = new Arriving(memory, MAX_STORED_BYTES);

  private void assertNothingLeft() {
    assertThat(memory.inFlightBytes()).isZero();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void bodyAsLongAsMayBeStored_isStored() {
    arriving.storable();
    arriving.attach(Reading.everything());

    assertThat(arriving.piece(MAX_STORED_BYTES - 1)).isNull();
    assertThat(arriving.piece(1)).isNull();

    assertThat(arriving.content.isStoring()).isTrue();
    Body body = arriving.content.toBody();
    arriving.end();
    arriving.leaveAll();
    assertThat(body.lengthBytes()).isEqualTo(MAX_STORED_BYTES);
    assertThat(Bytes.areFromStart(Arriving.take(body))).isTrue();
    assertNothingLeft();
  }

  @Test
  void oneByteMore_isTooLarge_andStreamsOnWhole() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.everything());
    arriving.piece(MAX_STORED_BYTES);

    assertThat(arriving.piece(1)).isEqualTo(NotStorable.TOO_LARGE);
    assertThat(arriving.content.isStoring()).isFalse();
    assertThat(arriving.canBeJoined()).isFalse();
    assertThat(arriving.piece(5)).as("said once").isNull();

    arriving.end();
    assertThat(reading.length()).isEqualTo(MAX_STORED_BYTES + 6);
    assertThat(reading.isWhole()).isTrue();
    arriving.leaveAll();
    assertNothingLeft();
  }

  @Test
  void firstPieceTooLarge_isSaidAtOnce() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.everything());

    assertThat(arriving.piece(MAX_STORED_BYTES + 1)).isEqualTo(NotStorable.TOO_LARGE);

    assertThat(reading.length()).isEqualTo(MAX_STORED_BYTES + 1);
    arriving.end();
    arriving.leaveAll();
    assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({"-1, 3", "-1, 40", "81920, 3", "81920, 80"})
  void memoryRefused_isSaidAtOnce_andStreamsOnWhole(long length, int pieceKib) {
    BodyMemory scarce = new BodyMemory(30 * KIB);
    Arriving refused = new Arriving(scarce, MAX_STORED_BYTES).storable(length);
    Reading fast = refused.attach(Reading.everything());
    Reading slow = refused.attach(Reading.asking(0));

    NotStorable stopped = null;
    int times = 0;
    while (refused.sent() < 80 * KIB) {
      NotStorable now = refused.piece(Math.min(pieceKib * KIB, 80 * KIB - refused.sent()));
      stopped = now == null ? stopped : now;
      times += now == null ? 0 : 1;
      assertThat(scarce.inFlightBytes()).isLessThanOrEqualTo(30 * KIB);
    }

    assertThat(stopped).isEqualTo(NotStorable.IN_FLIGHT_MEMORY);
    assertThat(times).isEqualTo(1);
    assertThat(refused.content.isStoring()).isFalse();
    refused.end();
    assertThat(fast.length()).isEqualTo(80 * KIB);
    assertThat(fast.isWhole()).isTrue();
    slow.request(Long.MAX_VALUE);
    assertThat(slow.length()).isEqualTo(80 * KIB);
    assertThat(slow.isWhole()).isTrue();
    refused.leaveAll();
    assertThat(scarce.inFlightBytes()).isZero();
    assertThat(scarce.usedBytes()).isZero();
  }

  @Test
  void memoryGranted_isStored_beforeAndAfterARefusal() {
    assertThat(memory.tryReserve(1020 * KIB)).isTrue();
    Arriving refused = new Arriving(memory, MAX_STORED_BYTES).storable(8 * KIB);
    assertThat(refused.piece(8 * KIB)).isEqualTo(NotStorable.IN_FLIGHT_MEMORY);
    refused.end();
    memory.giveBack(1020 * KIB);

    arriving.storable(8 * KIB);

    assertThat(arriving.piece(8 * KIB)).isNull();
    assertThat(memory.inFlightBytes()).isEqualTo(8 * KIB);
    arriving.end();
    assertNothingLeft();
  }

  @Test
  void knownLength_reservesNoMoreThanThat() {
    arriving.storable(5_000);
    arriving.piece(100);

    assertThat(memory.inFlightBytes()).isEqualTo(5_000);
    arriving.piece(4_900);
    assertThat(memory.inFlightBytes()).isEqualTo(5_000);
    arriving.end();
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unknownLength_reservesInProportion_andTheBodyNoMoreThanItsBytes(boolean readerStays) {
    arriving.storable();
    arriving.attach(Reading.everything());
    arriving.piece(70 * KIB);
    arriving.piece(KIB);
    assertThat(memory.inFlightBytes()).isGreaterThan(71 * KIB).isLessThanOrEqualTo(142 * KIB);

    Body body = arriving.content.toBody();

    assertThat(body.lengthBytes()).isEqualTo(71 * KIB);
    assertThat(memory.usedBytes()).isEqualTo(71 * KIB);
    assertThat(memory.inFlightBytes()).isEqualTo(71 * KIB);
    if (!readerStays) {
      arriving.leaveAll();
    }
    arriving.end();
    arriving.leaveAll();
    assertThat(memory.usedBytes()).isEqualTo(71 * KIB);
    assertThat(memory.inFlightBytes()).isEqualTo(71 * KIB); // counted by no store
    body.release();
    assertNothingLeft();
  }

  @Test
  void readerBehindATrimmedSegment_readsOnWithoutAGap() {
    arriving.storable();
    Reading early = arriving.attach(Reading.asking(1));
    arriving.piece(5 * KIB); // read at once, within a segment that has room for more
    arriving.piece(3 * KIB);
    Reading late = arriving.attach(Reading.asking(0));

    Body body = arriving.content.toBody();
    arriving.end();
    early.request(Long.MAX_VALUE);
    late.request(Long.MAX_VALUE);

    assertThat(early.length()).isEqualTo(8 * KIB);
    assertThat(early.isWhole()).isTrue();
    assertThat(late.length()).isEqualTo(8 * KIB);
    assertThat(Bytes.areFromStart(Arriving.take(body))).isTrue();
    arriving.leaveAll();
    assertNothingLeft();
  }

  @Test
  void emptyBody_isABody() {
    arriving.storable(0);

    Body body = arriving.content.toBody();

    assertThat(body.lengthBytes()).isZero();
    body.release();
    arriving.end();
    assertNothingLeft();
  }

  @Test
  void bodyOfWhatHasEnded_isRefused_forItMayBeIncomplete() {
    arriving.storable();
    arriving.piece(KIB);
    arriving.fail("given up");

    assertThatThrownBy(arriving.content::toBody).isInstanceOf(IllegalStateException.class);
    assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "true, leave end", "true, end leave", "true, leave fail", "true, fail leave",
    "false, leave end", "false, end leave", "false, leave fail", "false, fail leave"
  })
  void everything_isGivenBackWhenAllHaveLeftAndItHasEnded(boolean stored, String order) {
    arriving.attach(Reading.everything());
    arriving.attach(Reading.asking(0));
    arriving.content.begin(stored, -1);
    arriving.piece(60 * KIB);
    for (String step : order.split(" ", -1)) {
      assertThat(memory.usedBytes()).isPositive().isEqualTo(memory.inFlightBytes());
      switch (step) {
        case "leave" -> arriving.leaveAll();
        case "end" -> arriving.end();
        default -> arriving.fail("reset");
      }
    }
    assertNothingLeft();
  }

  @Test
  void oneThatStays_keepsWhatItHasNotRead() {
    arriving.storable();
    arriving.attach(Reading.everything());
    Reading slow = arriving.attach(Reading.asking(0));
    arriving.piece(60 * KIB);
    arriving.end();

    arriving.leave(0);

    slow.request(Long.MAX_VALUE);
    assertThat(slow.length()).isEqualTo(60 * KIB);
    assertThat(slow.isWhole()).isTrue();
    arriving.leave(1);
    assertNothingLeft();
  }
}
