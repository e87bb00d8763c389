package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.BodyMemory;
import dev.holdfast.testing.Bytes;
import dev.holdfast.testing.NoLeaks;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class SegmentTest {

  private final BodyMemory memory = new BodyMemory(1 << 20);

  @AfterEach
  void nothingIsLeft() {
    assertThat(memory.inFlightBytes()).isZero();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void piece_isTakenAsFarAsThereIsRoom() {
    Segment segment = segment(100);
    ByteBuf piece = Bytes.piece(0, 150);

    assertThat(segment.fillFrom(piece)).isEqualTo(100);

    assertThat(piece.readableBytes()).isEqualTo(50);
    assertThat(segment.isFull()).isTrue();
    assertThat(segment.length()).isEqualTo(100);
    assertThat(segment.fillFrom(piece)).isZero();
    segment.release();
  }

  @Test
  void slice_saysOnceThatAllAreDoneWithIt() {
    Segment segment = segment(100);
    segment.fillFrom(Bytes.piece(0, 40));
    AtomicInteger freed = new AtomicInteger();
    ByteBuf slice = segment.slice(0, 40, freed::incrementAndGet);
    ByteBuf rest = slice.readRetainedSlice(30);

    slice.release();
    assertThat(freed).hasValue(0);
    segment.release();
    assertThat(memory.usedBytes()).isEqualTo(100);
    rest.release();

    assertThat(freed).hasValue(1);
  }

  @Test
  void slice_isReadWhileTheSegmentGrowsAndAfterItsRelease() {
    Segment segment = segment(100);
    segment.fillFrom(Bytes.piece(0, 40));
    ByteBuf slice = segment.slice(0, 40, () -> {});

    segment.fillFrom(Bytes.piece(40, 60));
    ByteBuf all = segment.all();
    segment.release();

    assertThat(Bytes.take(slice)).isEqualTo(Bytes.of(0, 40));
    assertThat(memory.usedBytes()).isEqualTo(100);
    assertThat(Bytes.take(all)).isEqualTo(Bytes.of(0, 100));
  }

  @Test
  void trimming_freesUnusedRoom_butCountsWhatAReaderKeepsOfIt() {
    Segment segment = segment(4096);
    segment.fillFrom(Bytes.piece(0, 1000));
    ByteBuf slice = segment.slice(0, 1000, () -> {});

    segment.trim();

    assertThat(memory.usedBytes()).isEqualTo(5096);
    assertThat(memory.inFlightBytes()).as("the reader's buffer counts, too").isEqualTo(5096);
    assertThat(Bytes.take(slice)).isEqualTo(Bytes.of(0, 1000));
    assertThat(memory.usedBytes()).isEqualTo(1000);
    ByteBuf all = segment.all();
    assertThat(Bytes.take(all)).isEqualTo(Bytes.of(0, 1000));
    assertThat(segment.isFull()).isTrue();
    segment.release();
  }

  @Test
  void trimmingOfWhatNobodyReads_givesUnusedRoomBackAtOnce() {
    Segment segment = segment(4096);
    segment.fillFrom(Bytes.piece(0, 1000));

    segment.trim();

    assertThat(memory.usedBytes()).isEqualTo(1000);
    assertThat(memory.inFlightBytes()).isEqualTo(1000);
    segment.release();
  }

  @Test
  void trimmingWithoutMemoryForTheCopy_leavesAllAsItIs() {
    Segment segment = segment(4096);
    segment.fillFrom(Bytes.piece(0, 1000));
    long rest = (1 << 20) - 4096 - 999;
    assertThat(memory.tryReserve(rest)).isTrue();

    segment.trim();

    memory.giveBack(rest);
    assertThat(memory.usedBytes()).isEqualTo(4096);
    assertThat(memory.inFlightBytes()).isEqualTo(4096);
    segment.release();
  }

  @Test
  void segmentHandedOver_givesItsReservationBackOnce() {
    Segment segment = segment(1000);
    segment.fillFrom(Bytes.piece(0, 1000));

    segment.handOver();
    assertThat(memory.inFlightBytes()).isZero();
    assertThat(memory.usedBytes()).isEqualTo(1000);

    segment.release();
  }

  @Test
  void segmentHandedOverAfterTrimming_stillCountsWhatAReaderKeeps() {
    Segment segment = segment(4096);
    segment.fillFrom(Bytes.piece(0, 1000));
    ByteBuf slice = segment.slice(0, 1000, () -> {});
    segment.trim();

    segment.handOver();

    assertThat(memory.inFlightBytes()).isEqualTo(4096);
    slice.release();
    segment.release();
  }

  @Test
  void littleUnusedRoom_isNotWorthACopy() {
    Segment segment = segment(1000);
    segment.fillFrom(Bytes.piece(0, 900));

    segment.trim();

    assertThat(memory.usedBytes()).isEqualTo(1000);
    assertThat(memory.inFlightBytes()).isEqualTo(1000);
    segment.release();
  }

  @Test
  void segmentWithoutReservation_givesNothingBack() {
    Segment segment = Objects.requireNonNull(Segment.tryUnreserved(memory, 4096));
    segment.fillFrom(Bytes.piece(0, 10));
    segment.trim();

    segment.release();

    assertThat(memory.inFlightBytes()).isZero();
  }

  private Segment segment(int capacity) {
    return Objects.requireNonNull(Segment.tryReserved(memory, capacity));
  }
}
