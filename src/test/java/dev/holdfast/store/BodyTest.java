package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Bytes;
import dev.holdfast.testing.NoLeaks;
import dev.holdfast.testing.Together;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class BodyTest {

  private final BodyMemory memory = new BodyMemory(1 << 20);

  @Test
  void readerKeepsBytesAlive_afterTheStoreLetGo() {
    Body body = body(10, 20);
    assertThat(body.tryRetain()).isTrue();

    body.release();

    assertThat(memory.usedBytes()).isEqualTo(30);
    assertThat(read(body)).isTrue();
    body.release();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void readerThatComesTooLate_isRefused() {
    Body body = body(10);
    assertThat(body.tryRetain()).isTrue();
    body.release();
    body.release();

    assertThat(body.tryRetain()).isFalse();
    assertThat(body.tryRetain()).isFalse();
    assertThat(body.refCnt()).isZero();
  }

  @Test
  void bufferTaken_keepsItsBytes_afterTheReaderLetGo() {
    Body body = body(10);
    ByteBuf taken = body.ownBuffers().get(0).retainedDuplicate();

    body.release();

    assertThat(memory.usedBytes()).isEqualTo(10);
    assertThat(Bytes.areFromStart(Bytes.take(taken))).isTrue();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void sharedBytes_areFreedWithTheLastOfTheBodies_eachOfWhichEndsByItself() {
    Body body = body(10, 20);
    List<String> freed = new ArrayList<>();
    body.whenFreed(() -> freed.add("first"));
    Body shared = Objects.requireNonNull(body.tryShare());
    shared.whenFreed(() -> freed.add("second"));

    body.release();

    assertThat(freed).containsExactly("first");
    assertThat(body.tryShare()).isNull();
    assertThat(memory.usedBytes()).isEqualTo(30);
    assertThat(read(shared)).isTrue();
    shared.release();
    assertThat(freed).containsExactly("first", "second");
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void buffers_doNotShareTheirPlace() {
    Body body = body(10);
    ByteBuf one = body.ownBuffers().get(0).retainedDuplicate();
    one.skipBytes(7);

    ByteBuf other = body.ownBuffers().get(0).retainedDuplicate();

    assertThat(other.readableBytes()).isEqualTo(10);
    one.release();
    other.release();
    body.release();
  }

  @Test
  void emptyBody_hasNoBuffersAndTakesNoMemory() {
    Body body = Body.empty();

    assertThat(body.lengthBytes()).isZero();
    assertThat(body.ownBuffers()).isEmpty();
    assertThat(body.tryRetain()).isTrue();
    body.release();
    body.release();
    assertThat(body.tryRetain()).isFalse();
  }

  @Test
  void length_isThatOfAllSegments() {
    Body body = body(3, 4, 5);

    assertThat(body.lengthBytes()).isEqualTo(12);
    body.release();
  }

  @Test
  void readersRacingWithTheLastRelease_readWholeBytesOrAreRefused() {
    AtomicInteger reads = new AtomicInteger();
    for (int round = 0; round < 500; round++) {
      Body body = body(100);
      Together.Task reader =
          () -> {
            if (body.tryRetain()) {
              assertThat(read(body)).isTrue();
              reads.incrementAndGet();
              body.release();
            }
          };
      Together.run(List.of(reader, body::release, reader));
      assertThat(memory.usedBytes()).isZero();
    }
    assertThat(reads).hasPositiveValue();
  }

  @Test
  void bodyWithinAnother_sharesItsMemory_andNeedsNeitherOfThem() {
    Body middle = bodyFrom(10, 20, 10);
    Body around = bodyFrom(0, 15, 40, 5);
    Body outermost = bodyFrom(5, 100);

    Body both = middle.within(around, 10, 20);
    Body same = both.within(outermost, 0, 0);

    assertThat(both.lengthBytes()).isEqualTo(60);
    assertThat(both.capacityBytes()).isEqualTo(20 + 10 + 15 + 40 + 5);
    assertThat(same.capacityBytes()).isEqualTo(both.capacityBytes());
    List.of(middle, around, outermost).forEach(Body::release);
    assertThat(memory.usedBytes()).isEqualTo(both.capacityBytes());
    assertThat(read(both)).isTrue();
    both.release();
    assertThat(read(same)).isTrue();
    same.release();
    assertThat(memory.usedBytes()).isZero();
  }

  private Body body(int... lengths) {
    return bodyFrom(0, lengths);
  }

  private Body bodyFrom(int first, int... lengths) {
    int from = first;
    List<ByteBuf> segments = new ArrayList<>();
    for (int length : lengths) {
      ByteBuf segment = Objects.requireNonNull(memory.tryAllocate(length, () -> {}));
      segment.writeBytes(Bytes.of(from, length));
      segments.add(segment);
      from += length;
    }
    return new Body(Collections.unmodifiableList(segments));
  }

  private static boolean read(Body body) {
    ByteBuf whole = Unpooled.buffer();
    body.ownBuffers().forEach(buffer -> whole.writeBytes(Bytes.take(buffer.retainedDuplicate())));
    return whole.readableBytes() == body.lengthBytes() && Bytes.areFromStart(Bytes.take(whole));
  }
}
