package dev.holdfast.fill;

import static dev.holdfast.fill.Arriving.KIB;
import static dev.holdfast.fill.Content.MAX_SEGMENT_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ManualExecutor;
import dev.holdfast.testing.NoLeaks;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.test.StepVerifier;

/** A reader as a publisher: its executor, its subscription, its end. */
@ExtendWith(NoLeaks.class)
class BodyReaderTest {

  private final Arriving arriving = new Arriving();
  private final ManualExecutor loop = new ManualExecutor();

  @AfterEach
  void nothingIsLeft() {
    arriving.fail("the test is over");
    arriving.leaveAll();
    assertThat(arriving.memory.inFlightBytes()).isZero();
    assertThat(arriving.memory.usedBytes()).isZero();
  }

  @Test
  void everySignal_isGivenOnTheCallersExecutor() {
    arriving.storable();
    Reading reading = Reading.everything();
    arriving.attach(loop).subscribe(reading);
    arriving.piece(KIB);
    arriving.piece(KIB);
    assertThat(reading.pieces()).isZero();

    loop.runAll();
    assertThat(reading.length()).isEqualTo(2 * KIB);

    arriving.end();
    assertThat(reading.isWhole()).isFalse();
    loop.runAll();
    assertThat(reading.isWhole()).isTrue();
  }

  @Test
  void manyPieces_makeOneTask() {
    arriving.storable();
    arriving.attach(loop).subscribe(Reading.everything());
    loop.runAll();

    for (int i = 0; i < 100; i++) {
      arriving.piece(10);
    }

    assertThat(loop.pending()).isEqualTo(1);
    loop.runAll();
  }

  @Test
  void pieceThatComesWhileTheLoopTurns_isNotForgotten() {
    arriving.storable();
    Reading reading = Reading.everything();
    reading.onPiece(
        got -> {
          if (got.pieces() < 3) {
            arriving.piece(10);
          }
        });
    arriving.attach(loop).subscribe(reading);
    arriving.piece(10);

    loop.runAll();

    assertThat(reading.length()).isEqualTo(30);
    assertThat(loop.pending()).isZero();
  }

  @Test
  void subscription_isGivenBeforeAnythingElse() {
    arriving.storable();
    BodyReader reader = arriving.attach();
    arriving.end();
    StepVerifier.create(reader).expectSubscription().verifyComplete();

    arriving.leaveAll();
    Arriving other = new Arriving().storable();
    Reading reading = Reading.everything(); // checks the order itself
    BodyReader following = other.attach();
    WakingOnSubscribe waking = new WakingOnSubscribe(reading, other);
    following.subscribe(waking);
    assertThat(reading.isWhole()).isTrue();
    other.leaveAll();
  }

  @Test
  void secondSubscriber_isRefused_theFirstGoesOn() {
    arriving.storable();
    BodyReader reader = arriving.attach();
    Reading first = Reading.everything();
    reader.subscribe(first);

    StepVerifier.create(reader).verifyError(IllegalStateException.class);

    arriving.piece(KIB);
    arriving.end();
    assertThat(first.length()).isEqualTo(KIB);
    assertThat(first.isWhole()).isTrue();
  }

  @Test
  void cancelledReader_getsNothingMore_othersGoOn() {
    arriving.storable();
    Reading cancelled = arriving.attach(Reading.everything());
    Reading other = arriving.attach(Reading.everything());
    arriving.piece(KIB);

    cancelled.cancel();
    arriving.piece(KIB);
    arriving.end();

    assertThat(cancelled.length()).isEqualTo(KIB);
    assertThat(cancelled.isWhole()).isFalse();
    assertThat(other.length()).isEqualTo(2 * KIB);
    assertThat(other.isWhole()).isTrue();
  }

  @Test
  void readerThatCancelsBeforeItsTaskRuns_getsNothing() {
    arriving.storable();
    Reading reading = Reading.everything();
    arriving.attach(loop).subscribe(reading);
    arriving.piece(KIB);

    reading.cancel();
    loop.runAll();

    assertThat(reading.pieces()).isZero();
  }

  @Test
  void readerThatCancelsWhileAPieceIsOnItsWay_leavesNoBytesBehind() throws InterruptedException {
    Reading reading = Reading.everything();
    arriving.attach(loop).subscribe(reading);
    arriving.passed();
    arriving.piece(KIB);
    Thread turning = new Thread(loop::runAll);

    synchronized (arriving.content) {
      turning.start();
      while (turning.getState() != Thread.State.BLOCKED) { // to take the piece
        Thread.onSpinWait();
      }
      reading.cancel();
    }
    turning.join();

    assertThat(reading.pieces()).isZero();
    arriving.end();
    arriving.leaveAll();
    assertThat(arriving.memory.usedBytes()).isZero();
  }

  @Test
  void readerThatLeavesWhileItsLoopTurns_findsNothingMore() {
    Reading slow = Reading.everything().onPiece(got -> arriving.leave(0));
    arriving.attach(loop).subscribe(slow);
    arriving.attach(Reading.everything());
    arriving.passed();
    arriving.piece(4 * MAX_SEGMENT_BYTES);

    loop.runAll();

    assertThat(slow.pieces()).isEqualTo(1);
    assertThat(slow.isWhole()).as("a part is never the whole").isFalse();
  }

  @Test
  void readerThatHasLeft_isNotToldThatItHasTheWhole() {
    arriving.storable();
    BodyReader reader = arriving.attach();
    arriving.piece(KIB);
    arriving.end();
    arriving.leaveAll();
    Reading reading = Reading.everything();

    reader.subscribe(reading);

    assertThat(reading.isWhole()).isFalse();
  }

  @Test
  void executorThatRefuses_letsGoOfTheBytes() {
    arriving.storable();
    Reading gone = Reading.everything();
    arriving.attach(loop).subscribe(gone);
    loop.runAll();
    Reading other = arriving.attach(Reading.everything());
    loop.shutDown();

    arriving.piece(KIB);
    arriving.end();

    assertThat(gone.pieces()).isZero();
    assertThat(other.length()).isEqualTo(KIB);
    assertThat(other.isWhole()).isTrue();
    assertThat(arriving.content.readerCount()).isEqualTo(1);
    arriving.leave(1);
    assertThat(arriving.memory.usedBytes()).as("though the other never left").isZero();
  }

  @Test
  void requestForNothing_isNoRequest() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.asking(0));
    arriving.piece(KIB);

    reading.request(0);
    reading.request(-1);

    assertThat(reading.pieces()).isZero();
    reading.request(1);
    assertThat(reading.length()).isEqualTo(KIB);
  }

  @Test
  void demandAddsUp_toNoLimitAtMost() {
    arriving.storable();
    Reading reading = arriving.attach(Reading.asking(Long.MAX_VALUE - 1));
    reading.request(Long.MAX_VALUE - 1);

    arriving.piece(KIB);

    assertThat(reading.length()).isEqualTo(KIB);
  }

  /** Has the body end while it is being given its subscription. */
  private record WakingOnSubscribe(Reading reading, Arriving arriving)
      implements CoreSubscriber<ByteBuf> {
    @Override
    public void onSubscribe(Subscription subscription) {
      arriving.end();
      reading.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuf piece) {
      reading.onNext(piece);
    }

    @Override
    public void onError(Throwable failure) {
      reading.onError(failure);
    }

    @Override
    public void onComplete() {
      reading.onComplete();
    }
  }
}
