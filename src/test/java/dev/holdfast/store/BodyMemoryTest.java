package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.NoLeaks;
import dev.holdfast.testing.Together;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class BodyMemoryTest {

  private final BodyMemory memory = new BodyMemory(100);

  @Test
  void reservation_isGrantedUpToTheLimitAndNotBeyond() {
    assertThat(memory.tryReserve(60)).isTrue();
    assertThat(memory.tryReserve(41)).isFalse();
    assertThat(memory.tryReserve(40)).isTrue();
    assertThat(memory.inFlightBytes()).isEqualTo(100);
    assertThat(memory.tryReserve(1)).isFalse();
  }

  @Test
  void refusedReservation_takesNothing() {
    assertThat(memory.tryReserve(101)).isFalse();

    assertThat(memory.inFlightBytes()).isZero();
  }

  @Test
  void bytesGivenBack_canBeReservedAgain() {
    assertThat(memory.tryReserve(100)).isTrue();
    memory.giveBack(100);

    assertThat(memory.inFlightBytes()).isZero();
    assertThat(memory.tryReserve(100)).isTrue();
  }

  @Test
  void oneThatDoesNotFit_neverKeepsOutAnotherThatDoes() {
    Together.run(
        List.of(
            () -> {
              for (int i = 0; i < 200_000; i++) {
                assertThat(memory.tryReserve(101)).isFalse();
              }
            },
            () -> {
              for (int i = 0; i < 200_000; i++) {
                if (!memory.tryReserve(100)) {
                  throw new AssertionError("refused, though nothing was reserved");
                }
                memory.giveBack(100);
              }
            }));
    assertThat(memory.inFlightBytes()).isZero();
  }

  @Test
  void buffer_countsAsUsedUntilItsLastReferenceIsReleased() {
    ByteBuf buffer = Objects.requireNonNull(memory.tryAllocate(30, () -> {}));
    ByteBuf slice = buffer.retainedSlice(0, 10);
    assertThat(buffer.capacity()).isEqualTo(30);
    assertThat(buffer.isDirect()).isTrue();

    buffer.release();
    assertThat(memory.usedBytes()).isEqualTo(30);

    slice.release();
    assertThat(memory.usedBytes()).isZero();
  }
}
