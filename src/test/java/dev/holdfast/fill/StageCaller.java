package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ManualExecutor;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** A caller that hears and reads what it can, until it goes. */
final class StageCaller {

  private static final List<FillMoment> READS =
      List.of(FillMoment.FIRST_READ, FillMoment.SECOND_READ, FillMoment.LAST_READ);

  /** The ways in which a caller can go. */
  enum Way {
    /** Never subscribes to anything, and leaves. */
    LEAVES_WITHOUT_LISTENING,
    /** Leaves, and its subscriptions stay. */
    LEAVES,
    /** Cancels the head, and stays attached. */
    STOPS_LISTENING,
    /** Cancels the body, and stays attached. */
    STOPS_READING,
    /** Cancels whatever it has subscribed to, and leaves: what a disconnect comes to. */
    GOES;

    boolean isLeaving() {
      return this != STOPS_LISTENING && this != STOPS_READING;
    }
  }

  private record Told(Way way, @Nullable Answered head, String text, boolean complete) {}

  private final FillStage stage;
  private final boolean tellsMoments;
  private final @Nullable ManualExecutor lateLoop;
  private final Attachment attachment;
  private final StringBuilder text = new StringBuilder();
  private @Nullable Disposable listening;
  private @Nullable Disposable reading;
  private @Nullable Answered head;
  private @Nullable Throwable aborted;
  private boolean complete;
  private int pieces;
  private @Nullable Told toldBeforeItWent;

  /**
   * @param lateLoop the caller's event loop, if it is to turn late
   * @param tellsMoments whether the stage is told of this caller's signals
   */
  StageCaller(FillStage stage, @Nullable ManualExecutor lateLoop, boolean tellsMoments) {
    this.stage = stage;
    this.lateLoop = lateLoop;
    this.tellsMoments = tellsMoments;
    Executor loop = lateLoop == null ? Runnable::run : lateLoop;
    this.attachment = Objects.requireNonNull(stage.join(loop));
  }

  StageCaller listen() {
    listening = attachment.head().subscribe(this::heard);
    return this;
  }

  private void heard(Answered answered) {
    head = answered;
    tell(FillMoment.HEAD_HEARD);
    if (answered instanceof Answered.View view && !isGone()) {
      reading = view.body().subscribe(this::took, this::failed, this::completed);
    } else if (answered instanceof Answered.DecideAgain) {
      attachment.leave();
    }
  }

  private void took(ByteBuf piece) {
    text.append(piece.toString(StandardCharsets.UTF_8));
    piece.release();
    tell(READS.get(Math.min(pieces++, 2)));
  }

  private void failed(Throwable failure) {
    aborted = failure;
    tell(FillMoment.END_HEARD);
  }

  private void completed() {
    complete = true;
    tell(FillMoment.END_HEARD);
  }

  private void tell(FillMoment moment) {
    if (tellsMoments) {
      stage.now(moment);
    }
  }

  void go(Way way) {
    boolean hasAnEffect = way.isLeaving() || (way == Way.STOPS_LISTENING ? head == null : !ended());
    toldBeforeItWent = hasAnEffect ? new Told(way, head, text.toString(), complete) : null;
    if (listening != null && (way == Way.STOPS_LISTENING || way == Way.GOES)) {
      listening.dispose();
    }
    if (reading != null && (way == Way.STOPS_READING || way == Way.GOES)) {
      reading.dispose();
    }
    if (way.isLeaving()) {
      attachment.leave();
    }
  }

  /** Lets the late loop turn. */
  void turn() {
    if (lateLoop != null) {
      lateLoop.runAll();
    }
  }

  /** Lets go of everything, as every caller does in the end. */
  void leave() {
    attachment.leave();
  }

  boolean isCollapsed() {
    return attachment.isCollapsed();
  }

  /** Whether it went before it had the whole answer. */
  boolean isGone() {
    return toldBeforeItWent != null;
  }

  private boolean ended() {
    return complete || aborted != null;
  }

  /** It was told nothing more once it had gone; an abort apart, where it left its body behind. */
  void assertSilence(FillKind kind) {
    Told told = Objects.requireNonNull(toldBeforeItWent);
    assertThat(text.toString()).as("bytes after it went").isEqualTo(told.text());
    assertThat(kind.body()).startsWith(told.text());
    assertThat(complete).as("told of an end").isEqualTo(told.complete());
    if (told.way() != Way.LEAVES && told.way() != Way.STOPS_READING) {
      assertThat(head).as("head after it went").isEqualTo(told.head());
    }
  }

  /** It has the answer as it came, whatever anybody else did. */
  void assertAnswer(FillKind kind) {
    if (!kind.hasHead()) {
      assertThat(head).isInstanceOf(Answered.Failed.class);
      return;
    }
    if (attachment.isCollapsed() && kind.isRefusedByItsHead()) {
      assertThat(head).isEqualTo(new Answered.DecideAgain());
      assertThat(text).isEmpty();
      return;
    }
    assertRead(kind.body(), kind.end() == FillKind.End.WHOLE);
  }

  /** It has a response with that body. */
  void assertRead(String body, boolean whole) {
    assertThat(head)
        .isInstanceOfSatisfying(
            Answered.View.class, view -> assertThat(view.head().status()).isEqualTo(200));
    assertThat(text.toString()).isEqualTo(body);
    assertThat(complete).as("complete").isEqualTo(whole);
    assertThat(aborted instanceof BodyAborted).as("aborted").isEqualTo(!whole);
  }
}
